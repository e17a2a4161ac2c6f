import { headerValues, type HttpRequest } from '../http/request.ts';
import type { CloudState } from '../state.ts';
import { EntraFault, missingParameter } from './fault.ts';
import type { EntraEndpoint } from './endpoint.ts';
import type { Tenant } from './tenant.ts';

/** A request to the sign-in service, read as far as every endpoint needs it. */
export interface Asked {
  /** Exactly as in the path. */
  readonly authority: string;
  /** The one the authority names; `undefined` for `common` and `organizations`. */
  readonly tenant: Tenant | undefined;
  /** Of the form posted, or of the query. */
  readonly parameters: URLSearchParams;
  readonly endpoint: EntraEndpoint;
  readonly state: CloudState;
}

/** @throws EntraFault 900144 */
export function requireParameter({ parameters }: Asked, name: string): string {
  const value = parameters.get(name) ?? '';
  if (value === '') throw missingParameter(name);
  return value;
}

/**
 * Whether `claims` answers a challenge; what a client can do (`xms_cc`) is said there, too ("Claims
 * challenges, claims requests, and client capabilities"). @throws EntraFault 9002313
 */
export function isChallenged({ parameters }: Asked): boolean {
  const claims = parameters.get('claims');
  if (claims === null) return false;
  let parsed: unknown;
  try {
    parsed = JSON.parse(claims);
  } catch {
    throw malformed();
  }
  const { access_token: asked } = (parsed ?? {}) as { readonly access_token?: object };
  return Object.keys(asked ?? {}).some((name) => name !== 'xms_cc');
}

/** RFC 6749 §4.1.3: a form, in the body of a POST. @throws EntraFault 900561, 9002313 */
export function formOf(request: HttpRequest): URLSearchParams {
  if (request.method !== 'POST') {
    throw new EntraFault(
      900561,
      'invalid_request',
      `The endpoint only accepts POST requests. Received a ${request.method} request.`,
    );
  }
  const [contentType = ''] = headerValues(request, 'content-type');
  if (!/^application\/x-www-form-urlencoded\b/i.test(contentType)) throw malformed();
  return new URLSearchParams(request.body.toString('utf8'));
}

function malformed(): EntraFault {
  return new EntraFault(
    9002313,
    'invalid_request',
    'Invalid request. Request is malformed or invalid.',
  );
}
