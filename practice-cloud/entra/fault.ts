import { randomUUID } from 'node:crypto';
import type { HttpAnswer } from '../http/request.ts';

/*
 * Errors of the sign-in service. Source of numbers and meanings, where nothing else is named:
 * Microsoft Entra documentation "Microsoft Entra authentication and authorization error codes". Those it
 * doesn't list (50148, 70020, 500112, 650053, 700021, 700024, 900023, 1002012, and 700023 for assertions)
 * are worded as Entra answers them in the issues of Microsoft's own libraries.
 */

/** OAuth's name for the error (RFC 6749 §5.2, RFC 8628 §3.5, OpenID Connect Core §3.1.2.6). */
export type OauthError =
  | 'access_denied'
  | 'authorization_declined'
  | 'authorization_pending'
  | 'bad_verification_code'
  | 'expired_token'
  | 'interaction_required'
  | 'invalid_client'
  | 'invalid_grant'
  | 'invalid_instance'
  | 'invalid_request'
  | 'invalid_resource'
  | 'invalid_scope'
  | 'invalid_tenant'
  | 'login_required'
  | 'server_error'
  | 'temporarily_unavailable'
  | 'unauthorized_client'
  | 'unsupported_grant_type'
  | 'unsupported_response_type';

interface FaultDetails {
  readonly status?: number;
  /** What kind of interaction would help ("Handle errors and exceptions in MSAL"). */
  readonly suberror?: string;
  /** A claims challenge, to be sent along with the next sign-in. */
  readonly claims?: string;
  /** Seconds to wait before the next try. */
  readonly retryAfter?: number;
}

/** An error as Entra answers it: a number, OAuth's name and words. */
export class EntraFault extends Error {
  readonly aadsts: number;
  readonly oauth: OauthError;
  readonly details: FaultDetails;

  constructor(aadsts: number, oauth: OauthError, message: string, details: FaultDetails = {}) {
    super(message);
    this.aadsts = aadsts;
    this.oauth = oauth;
    this.details = details;
  }

  /** For the log of calls. */
  get code(): string {
    return `AADSTS${this.aadsts}`;
  }

  /** The words with the ids that Microsoft's support asks for. */
  describe(now: number, correlationId: string, traceId: string = randomUUID()): string {
    return (
      `${this.code}: ${this.message} Trace ID: ${traceId} ` +
      `Correlation ID: ${correlationId} Timestamp: ${timestamp(now)}`
    );
  }
}

/**
 * The answer of the token endpoint (Microsoft identity platform "OAuth 2.0 authorization code flow",
 * section "Error response"). Wrong client credentials are 401, as RFC 6749 §5.2 allows; the rest 400.
 */
export function faultAnswer(fault: EntraFault, now: number, correlationId: string): HttpAnswer {
  const traceId = randomUUID();
  const { suberror, claims, retryAfter, status } = fault.details;
  return json(
    status ?? (fault.oauth === 'invalid_client' ? 401 : 400),
    {
      error: fault.oauth,
      error_description: fault.describe(now, correlationId, traceId),
      error_codes: [fault.aadsts],
      timestamp: timestamp(now),
      trace_id: traceId,
      correlation_id: correlationId,
      error_uri: `https://login.microsoftonline.com/error?code=${fault.aadsts}`,
      ...(suberror === undefined ? {} : { suberror }),
      ...(claims === undefined ? {} : { claims }),
    },
    retryAfter === undefined ? {} : { 'retry-after': String(retryAfter) },
  );
}

export function json(
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): HttpAnswer {
  return {
    status,
    headers: {
      'content-type': 'application/json; charset=utf-8',
      'cache-control': 'no-store, no-cache',
      ...headers,
    },
    body: JSON.stringify(body),
  };
}

function timestamp(now: number): string {
  return new Date(now).toISOString().replace('T', ' ').replace(/\.\d+/, '');
}

/** "TenantThrottlingError": there are too many incoming requests. */
export const throttled = (retryAfter: number) =>
  new EntraFault(90055, 'temporarily_unavailable', 'There are too many incoming requests.', {
    status: 429,
    retryAfter,
  });

/** "MsodsServiceUnavailable" and "MsodsServiceUnretryableFailure". */
export const failure = (status: 500 | 503) =>
  status === 503
    ? new EntraFault(90033, 'temporarily_unavailable', 'A transient error has occurred.', {
        status,
      })
    : new EntraFault(90036, 'server_error', 'An unexpected, non-retryable error has occurred.', {
        status,
      });

export function missingParameter(name: string): EntraFault {
  return new EntraFault(
    900144,
    'invalid_request',
    `The request body must contain the following parameter: '${name}'.`,
  );
}
