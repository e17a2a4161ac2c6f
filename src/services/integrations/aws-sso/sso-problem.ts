import type { AwsSsoIntegration } from '../../../models/integration.ts';
import { Problem } from '../../../models/problem.ts';
import { ProxyFailure } from '../../network/proxy-failure.ts';
import {
  codeOf,
  httpStatusOf,
  isCancelled,
  isDistrusted,
  messageOf,
  nameOf,
  unreachable,
} from '../../network/sdk-error.ts';
import { regionsOf } from './regions.ts';

/** Whether the access token is no longer valid: expired, revoked or logged out. */
export function isTokenRefused(error: unknown): boolean {
  return nameOf(error) === 'UnauthorizedException' || httpStatusOf(error) === 401;
}

/** Whether Identity Center no longer knows the registered client. */
export function isClientRefused(error: unknown): boolean {
  return ['InvalidClientException', 'UnauthorizedClientException'].includes(nameOf(error));
}

/** Whether a grant (a refresh token, a code) has expired or was revoked. */
export function isGrantRefused(error: unknown): boolean {
  return ['InvalidGrantException', 'ExpiredTokenException'].includes(nameOf(error));
}

/**
 * Whether the region of Identity Center does not answer, so that another is worth trying: no network on
 * the way there, or an error inside it. A proxy that does not answer is in the way of every region.
 */
export function isAway(error: unknown): boolean {
  if (error instanceof ProxyFailure) return (error.status ?? 0) >= 500;
  const status = httpStatusOf(error);
  if (status !== undefined) return status >= 500;
  if (isDistrusted(error)) return false;
  return codeOf(error) !== '' || nameOf(error) === 'TimeoutError';
}

/** Whether AWS denies this account or role, temporarily or not. */
export function isForbidden(error: unknown): boolean {
  return nameOf(error) === 'ForbiddenException' || httpStatusOf(error) === 403;
}

/**
 * Whether AWS refuses to list this one account, so that the others are worth asking (IAM Identity
 * Center Portal API Reference, "ListAccountRoles", Errors; 403 is not among them and occurs).
 */
export function isAboutAccount(error: unknown): boolean {
  return [400, 403, 404].includes(httpStatusOf(error) ?? 0);
}

export function isPending(error: unknown): boolean {
  return nameOf(error) === 'AuthorizationPendingException';
}

export function isTooFast(error: unknown): boolean {
  return nameOf(error) === 'SlowDownException';
}

/**
 * What a failure of Identity Center means to a person (IAM Identity Center OIDC and Portal API
 * References, "Errors"). Errors that come from neither the service nor the network are returned unchanged.
 */
export function ssoProblem(
  error: unknown,
  integration: AwsSsoIntegration,
  about: { readonly sessionId?: string; readonly sessionName?: string } = {},
): unknown {
  if (error instanceof Problem || isCancelled(error)) return error;
  const where =
    about.sessionName === undefined
      ? `integration ${integration.name}`
      : `session ${about.sessionName} (integration ${integration.name})`;
  const sessionId = about.sessionId;
  const login = `Sign in again: stint integration login ${integration.integrationId}`;
  const refused = (detail: string, next: string) =>
    new Problem('cloud-refused', { detail, next, sessionId, cause: error });
  const away = unreachable(error, {
    service: `AWS Identity Center in ${regionsOf(integration).join(' and ')}`,
    about: where,
    sessionId,
  });
  if (away !== undefined) return away;
  const name = nameOf(error);
  if (isTokenRefused(error)) {
    return refused(`AWS Identity Center no longer accepts the sign-in of ${where}.`, login);
  }
  if (isForbidden(error) || name === 'ResourceNotFoundException') {
    return refused(
      `AWS Identity Center denies ${where}: ${messageOf(error)}`,
      'Check that the permission set is still assigned. A new assignment takes a few minutes to work.',
    );
  }
  if (name === 'AccessDeniedException') {
    return refused(`The sign-in of ${where} was refused.`, login);
  }
  if (isGrantRefused(error)) return refused(`The sign-in of ${where} has expired.`, login);
  const status = httpStatusOf(error);
  if (status !== undefined && status >= 400) {
    return refused(
      `AWS Identity Center refused ${where}: ${name}: ${messageOf(error)}`,
      'Check the start URL and the region of the integration.',
    );
  }
  return error;
}
