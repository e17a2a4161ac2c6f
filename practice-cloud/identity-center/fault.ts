import type { HttpAnswer } from '../http/request.ts';

/** An error as Identity Center answers it: its name and the HTTP status. */
export class CenterFault extends Error {
  readonly code: string;
  readonly status: number;

  constructor(status: number, code: string, message: string) {
    super(message);
    this.code = code;
    this.status = status;
  }
}

/**
 * OAuth's names for the errors of the sign-in service (RFC 6749 §5.2, RFC 8628 §3.5). Source of
 * names and statuses: IAM Identity Center OIDC API Reference, "Errors" of each action.
 */
const oauthNames: Readonly<Record<string, string>> = {
  AccessDeniedException: 'access_denied',
  AuthorizationPendingException: 'authorization_pending',
  ExpiredTokenException: 'expired_token',
  InternalServerException: 'server_error',
  InvalidClientException: 'invalid_client',
  InvalidClientMetadataException: 'invalid_client_metadata',
  InvalidGrantException: 'invalid_grant',
  InvalidRedirectUriException: 'invalid_redirect_uri',
  InvalidRequestException: 'invalid_request',
  InvalidScopeException: 'invalid_scope',
  SlowDownException: 'slow_down',
  UnauthorizedClientException: 'unauthorized_client',
  UnsupportedGrantTypeException: 'unsupported_grant_type',
};

export function oidcFault(code: string, message: string): CenterFault {
  return new CenterFault(code === 'InvalidClientException' ? 401 : 400, code, message);
}

/** The answer of the sign-in service: the SDKs read the name in the header. */
export function oidcFaultAnswer({ status, code, message }: CenterFault): HttpAnswer {
  const body = { error: oauthNames[code] ?? 'server_error', error_description: message };
  return json(status, body, code);
}

/** The answer of the access portal. */
export function portalFaultAnswer({ status, code, message }: CenterFault): HttpAnswer {
  return json(status, { message }, code);
}

export function json(status: number, body: unknown, errorType?: string): HttpAnswer {
  return {
    status,
    headers: {
      'content-type': 'application/json',
      ...(errorType === undefined ? {} : { 'x-amzn-errortype': errorType }),
    },
    body: JSON.stringify(body),
  };
}

export const throttled = () =>
  new CenterFault(429, 'TooManyRequestsException', 'HTTP 429 Too Many Requests');

export const internalFailure = (status: 500 | 503) =>
  new CenterFault(status, 'InternalServerException', 'An unexpected error has occurred.');
