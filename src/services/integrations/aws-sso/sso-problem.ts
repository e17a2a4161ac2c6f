import type { AwsSsoIntegration } from '../../../models/integration.ts';
import { Problem } from '../../../models/problem.ts';

/** Whether the access token is valid no more: expired, revoked or logged out. */
export function isTokenRefused(error: unknown): boolean {
  return nameOf(error) === 'UnauthorizedException' || statusOf(error) === 401;
}

/** Whether Identity Center knows the registered client no more. */
export function isClientRefused(error: unknown): boolean {
  return ['InvalidClientException', 'UnauthorizedClientException'].includes(nameOf(error));
}

/** Whether a grant (a refresh token, a code) is of no use any more. */
export function isGrantRefused(error: unknown): boolean {
  return ['InvalidGrantException', 'ExpiredTokenException'].includes(nameOf(error));
}

/** Whether AWS says no to this one account or role, for now or for good. */
export function isForbidden(error: unknown): boolean {
  return nameOf(error) === 'ForbiddenException' || statusOf(error) === 403;
}

export function isPending(error: unknown): boolean {
  return nameOf(error) === 'AuthorizationPendingException';
}

export function isTooFast(error: unknown): boolean {
  return nameOf(error) === 'SlowDownException';
}

/**
 * What a failure of Identity Center means to a person (IAM Identity Center OIDC and Portal API
 * References, "Errors"). What is no answer of the service or the network is passed through.
 */
export function ssoProblem(
  error: unknown,
  integration: AwsSsoIntegration,
  about: { readonly sessionId?: string; readonly sessionName?: string } = {},
): unknown {
  const name = nameOf(error);
  if (error instanceof Problem || ['AbortError', 'CalledOff', 'PromptCancelled'].includes(name)) {
    return error;
  }
  const where =
    about.sessionName === undefined
      ? `integration ${integration.name}`
      : `session ${about.sessionName} (integration ${integration.name})`;
  const sessionId = about.sessionId;
  const login = `Sign in again: stint integration login ${integration.integrationId}`;
  const refused = (detail: string, next: string) =>
    new Problem('cloud-refused', { detail, next, sessionId, cause: error });
  const unreachable = (detail: string) =>
    new Problem('cloud-unreachable', {
      detail,
      next: 'Check the network and try again; running sessions keep their credentials until they expire.',
      sessionId,
      cause: error,
    });
  const status = statusOf(error);
  if (name === 'TooManyRequestsException' || status === 429) {
    return unreachable(`AWS Identity Center is throttling requests for ${where}.`);
  }
  if (isTokenRefused(error)) {
    return refused(`AWS Identity Center takes the sign-in of ${where} no more.`, login);
  }
  if (isForbidden(error) || name === 'ResourceNotFoundException') {
    return refused(
      `AWS Identity Center denies ${where}: ${textOf(error)}`,
      'Check that the permission set is still assigned; a new assignment takes a few minutes to work.',
    );
  }
  if (name === 'AccessDeniedException') {
    return refused(`The sign-in of ${where} was refused.`, login);
  }
  if (isGrantRefused(error)) return refused(`The sign-in of ${where} has run out.`, login);
  if (status !== undefined && status >= 500) {
    return unreachable(`AWS Identity Center failed for ${where} (HTTP ${status}, ${name}).`);
  }
  if (status !== undefined && status >= 400) {
    return refused(
      `AWS Identity Center refused ${where}: ${name}: ${textOf(error)}`,
      'Check the start URL and the region of the integration.',
    );
  }
  const code = codeOf(error);
  if (code !== '' || name === 'TimeoutError') {
    return unreachable(
      `AWS Identity Center in ${integration.region} did not answer for ${where} (${code || name}).`,
    );
  }
  return error;
}

function nameOf(error: unknown): string {
  const { name } = error as { readonly name?: unknown };
  return typeof name === 'string' ? name : '';
}

/** Of OIDC errors the message is `UnknownError`; what there is to say stands in its own members. */
function textOf(error: unknown): string {
  const { message, error_description: described } = error as {
    readonly message?: unknown;
    readonly error_description?: unknown;
  };
  return typeof described === 'string' ? described : String(message);
}

function codeOf(error: unknown): string {
  const { code } = error as { readonly code?: unknown };
  return typeof code === 'string' ? code : '';
}

function statusOf(error: unknown): number | undefined {
  const { $metadata } = error as { readonly $metadata?: { readonly httpStatusCode?: number } };
  return $metadata?.httpStatusCode;
}
