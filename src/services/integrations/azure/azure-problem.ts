import type { AzureIntegration } from '../../../models/integration.ts';
import { Problem } from '../../../models/problem.ts';
import {
  isCancelled,
  longestMessage,
  nameOf,
  unreachable,
  unusable,
} from '../../network/sdk-error.ts';
import { cleanText } from '../../network/provider-text.ts';
import type { SignInFor } from '../sign-in-question.ts';
import type { AzureConnection, Refusal } from './connect.ts';

/**
 * A person has to sign in: nothing is kept, or Entra ID no longer accepts it. `claims`: what it
 * requires of that sign-in. `isOver`: the kept sign-in has ended.
 */
export class SignInNeeded extends Error {
  override readonly name = 'SignInNeeded';
  readonly claims: string | undefined;
  readonly isOver: boolean;

  constructor(why: string, { claims, isOver }: { claims?: string | undefined; isOver: boolean }) {
    super(why);
    this.claims = claims;
    this.isOver = isOver;
  }
}

/*
 * Microsoft Learn, "Microsoft Entra authentication and authorization error codes".
 */

/** Signing in again changes nothing: the directory or its policies refuse. */
const final = new Set([
  50020, // the user is not in the tenant
  50034, // the user is not in the directory
  50057, // the user is disabled
  53003, // blocked by a policy of conditional access
  65004, // the person declined consent
  90002, // no such tenant
  500011, // no such resource in the tenant
  700016, // no such application in the tenant
  7000215, // wrong client secret
  7000222, // expired client secret
  700027, // the certificate's signature is not accepted
]);

/** The kept sign-in has expired or was revoked. */
const over = new Set([50173, 70008, 70043, 700082, 700084]);

/** The sign-in that a refused silent renewal asks for; undefined if a person cannot help. */
export function signInNeeded({ error, description, codes, claims }: Refusal) {
  if (codes.some((code) => final.has(code))) return undefined;
  const isOver = codes.some((code) => over.has(code));
  const wantsPerson = ['invalid_grant', 'interaction_required', 'login_required'].includes(error);
  if (!isOver && !wantsPerson && error !== 'consent_required') return undefined;
  return new SignInNeeded(sentence(description), { claims, isOver });
}

/**
 * What a failure of Entra ID or Resource Manager means to a person. Errors that come from neither of
 * them nor the network are returned unchanged.
 */
export function azureProblem(
  error: unknown,
  integration: AzureIntegration,
  { trouble, answeredBy, cloud }: Pick<AzureConnection, 'trouble' | 'answeredBy' | 'cloud'>,
  subject?: SignInFor,
): unknown {
  if (error instanceof Problem || isCancelled(error)) return error;
  const { sessionId, sessionName } = subject ?? {};
  const where =
    sessionName === undefined
      ? `integration ${integration.name}`
      : `session ${sessionName} (integration ${integration.name})`;
  const failure = trouble();
  const cause = { sessionId, cause: error };
  if (failure === undefined) {
    if (nameOf(error) === 'SignInNeeded') {
      return new Problem('cloud-refused', {
        detail: `Nobody is signed in to ${where}.`,
        next: loginAgain(integration),
        ...cause,
      });
    }
    const host = answeredBy();
    if (host === undefined) return error;
    const why = `the library does not understand it (${nameOf(error)})`;
    const about = { service: `Azure at ${host}`, about: where, sessionId };
    return unusable({ why, cause: error }, about);
  }
  if (failure.kind === 'network') {
    const service = `Azure at ${failure.host}`;
    return unreachable(failure.error, { service, about: where, sessionId }) ?? error;
  }
  if (failure.kind === 'status') {
    return new Problem(
      failure.status === 429 || failure.status >= 500 ? 'cloud-unreachable' : 'cloud-refused',
      {
        detail:
          failure.status === 429
            ? `Azure is throttling requests for ${where}.`
            : `Azure at ${failure.host} refused ${where} (HTTP ${failure.status}). ${cleanText(failure.message, longestMessage) ?? ''}`.trim(),
        next: 'Try again later. Active sessions keep their tokens until they expire.',
        ...cause,
      },
    );
  }
  const { refusal } = failure;
  const [detail, next] = explain(refusal, { where, integration, host: cloud.authorityHost });
  return new Problem('cloud-refused', {
    detail: `${detail} Entra ID says: ${sentence(refusal.description)}`,
    next,
    ...cause,
  });
}

function explain(
  { error, codes }: Refusal,
  {
    where,
    integration,
    host,
  }: { readonly where: string; readonly integration: AzureIntegration; readonly host: string },
): readonly [detail: string, next: string] {
  const { integrationId, tenantId } = integration;
  const edit = `stint integration edit ${integrationId}`;
  const has = (...wanted: readonly number[]) => codes.some((code) => wanted.includes(code));
  if (has(65004) || error === 'access_denied' || error === 'authorization_declined') {
    return [`The sign-in or consent for ${where} was declined.`, loginAgain(integration)];
  }
  if (has(65001) || error === 'consent_required') {
    return [
      `The tenant has not consented to the application of ${where}.`,
      'Sign in and consent, or ask an administrator of the tenant to do so.',
    ];
  }
  if (has(53003, 50076, 50079, 50158, 53000, 53001) || error === 'interaction_required') {
    return [
      `A conditional access policy blocks ${where}.`,
      `${loginAgain(integration)}. If the policy still blocks it, ask an administrator of the tenant.`,
    ];
  }
  if (codes.some((code) => over.has(code))) {
    return [`The sign-in of ${where} has expired or was revoked.`, loginAgain(integration)];
  }
  if (has(7000215, 7000222)) {
    return [
      `The client secret of ${where} is wrong or has expired.`,
      `Enter a valid one: ${edit} --ask-client-secret`,
    ];
  }
  if (has(700027) || error === 'invalid_client') {
    return [
      `Entra ID does not accept the secret or certificate of the application of ${where}.`,
      `Enter one that is registered: ${edit} --ask-client-secret`,
    ];
  }
  if (has(90002)) {
    return [
      `The tenant of ${where} does not exist (${tenantId} at ${host}).`,
      `Correct it (${edit} --tenant-id ID), or check that the tenant still exists and is in this cloud.`,
    ];
  }
  if (has(50020, 50034, 50057)) {
    return [
      `The signed-in account has no access to the tenant of ${where}.`,
      `Sign in with an account that has: stint integration login ${integrationId}`,
    ];
  }
  if (has(700016)) {
    return [
      `The tenant does not know the application of ${where}.`,
      `Correct it: ${edit} --client-id ID`,
    ];
  }
  if (has(500011)) {
    return [
      `The tenant of ${where} has no such resource.`,
      'Check the resource that the program requests a token for.',
    ];
  }
  return [`Azure refused ${where}.`, 'Check the fields of the integration.'];
}

function loginAgain({ integrationId, credential }: AzureIntegration): string {
  return credential === undefined
    ? `Sign in again: stint integration login ${integrationId}`
    : `Check the secret of its application: stint integration edit ${integrationId} --ask-client-secret`;
}

/** Without the ids and times that Entra adds for support. */
function sentence(description: string): string {
  const [first = ''] = description.slice(0, 2_000).split(/\r?\n|Trace ID:/);
  return cleanText(first, longestMessage) ?? '';
}

/** For callers that ask nobody, or if a new sign-in is not enough. */
export function stillNeeded(
  error: SignInNeeded,
  integration: AzureIntegration,
  subject: SignInFor | undefined,
): Problem {
  const { name, integrationId } = integration;
  const where =
    subject === undefined
      ? `integration ${name}`
      : `session ${subject.sessionName} (integration ${name})`;
  return new Problem('cloud-refused', {
    detail: `Sign in for ${where}: ${error.message}`,
    next: `Sign in: stint integration login ${integrationId}`,
    sessionId: subject?.sessionId,
    cause: error,
  });
}
