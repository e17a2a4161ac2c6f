import type { AzureIntegration } from '../../../models/integration.ts';
import { Problem } from '../../../models/problem.ts';
import { isCancelled, unreachable } from '../../network/sdk-error.ts';
import type { SignInFor } from '../sign-in-question.ts';
import type { AzureConnection, Refusal } from './connect.ts';

/**
 * A person has to sign in: nothing is kept, or Entra ID takes what is kept no more. `claims`: what
 * it wants to know of that sign-in. `isOver`: what is kept is of no use any more.
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

/** Another sign-in changes nothing: the directory or its policies say no. */
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
  700027, // the certificate's signature is not taken
]);

/** The kept sign-in has run out or was revoked. */
const over = new Set([50173, 70008, 70043, 700082, 700084]);

/** Whether a refused silent renewal wants a person, and what for. */
export function signInNeeded({ error, description, codes, claims }: Refusal) {
  if (codes.some((code) => final.has(code))) return undefined;
  const isOver = codes.some((code) => over.has(code));
  const wantsPerson = ['invalid_grant', 'interaction_required', 'login_required'].includes(error);
  if (!isOver && !wantsPerson && error !== 'consent_required') return undefined;
  return new SignInNeeded(sentence(description), { claims, isOver });
}

/**
 * The problem for a failure of Entra ID or Resource Manager. What is not an answer of
 * theirs or of the network is passed through.
 */
export function azureProblem(
  error: unknown,
  integration: AzureIntegration,
  { trouble, cloud }: Pick<AzureConnection, 'trouble' | 'cloud'>,
  subject?: SignInFor,
): unknown {
  if (error instanceof Problem || isCancelled(error)) return error;
  const { sessionId, sessionName } = subject ?? {};
  const where =
    sessionName === undefined
      ? `integration ${integration.name}`
      : `session ${sessionName} (integration ${integration.name})`;
  const told = trouble();
  const cause = { sessionId, cause: error };
  if (told === undefined) {
    return error instanceof Error && error.name === 'SignInNeeded'
      ? new Problem('cloud-refused', {
          detail: `Nobody is signed in to ${where}.`,
          next: loginAgain(integration),
          ...cause,
        })
      : error;
  }
  if (told.kind === 'network') {
    const service = `Azure at ${told.host}`;
    return unreachable(told.error, { service, about: where, sessionId }) ?? error;
  }
  if (told.kind === 'status') {
    return new Problem(
      told.status === 429 || told.status >= 500 ? 'cloud-unreachable' : 'cloud-refused',
      {
        detail:
          told.status === 429
            ? `Azure is throttling requests for ${where}.`
            : `Azure at ${told.host} refused ${where} (HTTP ${told.status}). ${told.message.slice(0, 300)}`.trim(),
        next: 'Try again in a while; running sessions keep their tokens until they expire.',
        ...cause,
      },
    );
  }
  const { refusal } = told;
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
      `The application of ${where} has no consent in the tenant.`,
      'Sign in and consent, or have an administrator of the tenant do so.',
    ];
  }
  if (has(53003, 50076, 50079, 50158, 53000, 53001) || error === 'interaction_required') {
    return [
      `A policy of conditional access holds ${where} back.`,
      `${loginAgain(integration)}; where the policy blocks it, ask an administrator of the tenant.`,
    ];
  }
  if (codes.some((code) => over.has(code))) {
    return [`The sign-in of ${where} has run out or was revoked.`, loginAgain(integration)];
  }
  if (has(7000215, 7000222)) {
    return [
      `The client secret of ${where} is wrong or has expired.`,
      `Give it a valid one: ${edit} --ask-client-secret`,
    ];
  }
  if (has(700027) || error === 'invalid_client') {
    return [
      `The application of ${where} is not let in with what it has.`,
      `Give it a secret or certificate that is registered: ${edit} --ask-client-secret`,
    ];
  }
  if (has(90002)) {
    return [
      `The tenant of ${where} is not there (${tenantId} at ${host}).`,
      `Correct it (${edit} --tenant-id ID), or check that the tenant still exists and is in this cloud.`,
    ];
  }
  if (has(50020, 50034, 50057)) {
    return [
      `The account that is signed in has no access to the tenant of ${where}.`,
      `Sign in as somebody who has: stint integration login ${integrationId}`,
    ];
  }
  if (has(700016)) {
    return [
      `The application of ${where} is not known in the tenant.`,
      `Correct it: ${edit} --client-id ID`,
    ];
  }
  if (has(500011)) {
    return [
      `The tenant of ${where} has no such resource.`,
      'Check the resource that the program asks a token for.',
    ];
  }
  return [`Azure refused ${where}.`, 'Check the fields of the integration.'];
}

function loginAgain({ integrationId, credential }: AzureIntegration): string {
  return credential === undefined
    ? `Sign in again: stint integration login ${integrationId}`
    : `Check what its application signs in with: stint integration edit ${integrationId} --ask-client-secret`;
}

/** Without the ids and times that Entra adds for its own support. */
function sentence(description: string): string {
  return (description.split(/\s*(?:\r?\n|Trace ID:)/)[0] ?? '').slice(0, 300);
}

/** Where nobody may be asked, or a sign-in just made is not enough. */
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
