import { Problem } from '../../models/problem.ts';
import { cleanText } from './provider-text.ts';
import { ProxyFailure } from './proxy-failure.ts';
import { UnusableAnswer } from './unusable-answer.ts';

/* What an AWS SDK throws, read without trusting its shape. */

/** So many characters of what a service says are shown, and so many are read at all. */
export const longestMessage = 300;
const longestRead = 10_000;
const longestName = 100;

/** A service may name its errors as it likes. */
export function nameOf(error: unknown): string {
  return error instanceof Error ? (cleanText(error.name, longestName) ?? '') : '';
}

/**
 * The message of the service, which OIDC errors keep in another member: in one line, cut, and without
 * the values that were sent, which a ValidationError repeats.
 */
export function messageOf(error: unknown): string {
  const { error_description: described } = error as { readonly error_description?: unknown };
  const said =
    typeof described === 'string'
      ? described
      : error instanceof Error
        ? error.message
        : String(error);
  const withoutValues = said
    .slice(0, longestRead)
    .replaceAll(/Value '.*?(?:' at '|$)/gs, "Value at '");
  return cleanText(withoutValues, longestMessage) ?? '';
}

/** Of the network, such as ECONNREFUSED; '' if there is none. */
export function codeOf(error: unknown): string {
  const { code } = error as { readonly code?: unknown };
  return typeof code === 'string' ? code : '';
}

export function httpStatusOf(error: unknown): number | undefined {
  return (error as { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode;
}

/** Whether somebody cancelled, so that there is nothing to explain. */
export function isCancelled(error: unknown): boolean {
  return ['AbortError', 'CancelledError', 'PromptCancelled'].includes(nameOf(error));
}

/** OpenSSL and Node, "TLS: X509 certificate error codes". */
const distrusted = /CERT|SELF_SIGNED|UNABLE_TO_|ERR_TLS/;

/** Whether this machine does not trust the certificate it was shown. */
export function isDistrusted(error: unknown): boolean {
  return distrusted.test(codeOf(error));
}

/**
 * The Problem for a cloud service that cannot be reached, fails internally or gives an answer that cannot
 * be used; undefined for any other error. `about`: such as "session audit".
 */
export function unreachable(
  error: unknown,
  {
    service,
    about,
    sessionId,
  }: {
    readonly service: string;
    readonly about: string;
    readonly sessionId?: string | undefined;
  },
): Problem | undefined {
  const [name, code, status] = [nameOf(error), codeOf(error), httpStatusOf(error)];
  const problem = (
    detail: string,
    next = 'Check the network and try again. Active sessions keep their credentials until they expire.',
  ) => new Problem('cloud-unreachable', { detail, next, sessionId, cause: error });
  if (error instanceof UnusableAnswer) return unusable(error, { service, about, sessionId });
  if (error instanceof ProxyFailure) return problem(...proxyWords(error, service, about));
  if (
    status === 429 ||
    ['Throttling', 'ThrottlingException', 'TooManyRequestsException'].includes(name)
  ) {
    return problem(`AWS is throttling requests for ${about}.`);
  }
  if (status !== undefined && status >= 500) {
    return problem(`${service} failed for ${about} (HTTP ${status}, ${name}).`);
  }
  if (status !== undefined) return undefined;
  if (isDistrusted(error)) {
    return problem(
      `This machine does not trust the certificate of ${service}, for ${about} (${code}).`,
      'If a proxy inspects the traffic, add its certificates: stint settings set caBundle FILE',
    );
  }
  if (code === '' && name !== 'TimeoutError') return undefined;
  return problem(`${service} did not answer for ${about} (${code || name}).`);
}

/** Problem 'cloud-refused' for an answer that cannot be used. */
export function unusable(
  { why, cause }: Pick<UnusableAnswer, 'why' | 'cause'>,
  about: {
    readonly service: string;
    readonly about: string;
    readonly sessionId?: string | undefined;
  },
): Problem {
  return new Problem('cloud-refused', {
    detail: `${about.service} gave an answer for ${about.about} that cannot be used: ${why}.`,
    next: 'Check the network and the endpoints in the settings: a proxy or a sign-in page may answer in its place.',
    sessionId: about.sessionId,
    cause,
  });
}

/** Named without the proxy's password. */
function proxyWords(
  { proxy, status, code }: ProxyFailure,
  service: string,
  about: string,
): readonly [detail: string, next: string] {
  const where = `${service} cannot be reached for ${about}`;
  if (status === 407) {
    return [
      `${where}: the proxy at ${proxy} refused: it wants a name and password (407).`,
      'Give them to the agent in its environment: HTTPS_PROXY=http://NAME:PASSWORD@HOST:PORT. If it has them, they are wrong.',
    ];
  }
  return status === undefined
    ? [
        `${where}: the proxy at ${proxy} did not answer (${code}).`,
        'Check the network and the setting httpsProxy, or except the host with noProxy: stint settings',
      ]
    : [
        `${where}: the proxy at ${proxy} refused to connect (HTTP ${status}).`,
        'Check that the proxy allows this host, or except the host: stint settings set noProxy LIST',
      ];
}
