import { Problem } from '../../models/problem.ts';

/* What an AWS SDK throws, read without trusting its shape. */

export function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : '';
}

/** The message of the service, which OIDC errors keep in another member. */
export function messageOf(error: unknown): string {
  const { error_description: described } = error as { readonly error_description?: unknown };
  if (typeof described === 'string') return described;
  return error instanceof Error ? error.message : String(error);
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

/**
 * The Problem for a cloud service that cannot be reached or fails internally; undefined for any other
 * error. `about`: such as "session audit".
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
  if (distrusted.test(code)) {
    return problem(
      `This machine does not trust the certificate of ${service}, for ${about} (${code}).`,
      'If a proxy inspects the traffic, add its certificates: stint settings set caBundle FILE',
    );
  }
  if (code === '' && name !== 'TimeoutError') return undefined;
  return problem(`${service} did not answer for ${about} (${code || name}).`);
}
