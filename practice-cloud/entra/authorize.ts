import { randomUUID } from 'node:crypto';
import type { HttpAnswer } from '../http/request.ts';
import { isChallenged, requireParameter, type Asked } from './asked.ts';
import { applicationOf } from './authority.ts';
import { EntraFault } from './fault.ts';
import { goBack, isRegisteredRedirect, type ResponseMode } from './redirect.ts';
import { readScopes } from './scopes.ts';
import type { Visit } from './visits.ts';

/*
 * `GET /{tenant}/oauth2/v2.0/authorize`. Source: "Microsoft identity platform and OAuth 2.0
 * authorization code flow", section "Request an authorization code".
 */

/** Returns `begun` if a person has to decide, else the address to which the browser takes the refusal. */
export type Begun = { readonly visit: Visit; readonly prompt: string } | HttpAnswer;

/**
 * Refusals are shown on a page until the redirect URI is known to be the client's.
 * @throws EntraFault 900144, 700016, 50194, 50011
 */
export function beginAuthorize(asked: Asked): Begun {
  const { authority, tenant, parameters, state, endpoint } = asked;
  const clientId = requireParameter(asked, 'client_id');
  const application = applicationOf(clientId, authority, tenant, state);
  const redirectUri = parameters.get('redirect_uri') ?? application.redirectUris[0] ?? '';
  if (!isRegisteredRedirect(application.redirectUris, redirectUri)) {
    throw new EntraFault(
      50011,
      'invalid_request',
      `The redirect URI '${redirectUri}' specified in the request does not match the redirect URIs configured for the application '${clientId}'. Make sure the redirect URI sent in the request matches one added to your application in the Azure portal.`,
    );
  }
  const given = parameters.get('state') ?? undefined;
  const mode = modeOf(parameters);
  try {
    const prompt = parameters.get('prompt') ?? '';
    return {
      prompt,
      visit: state.entra.pages.begin({
        application,
        tenant,
        scopes: readScopes(requireParameter(asked, 'scope'), endpoint.clouds),
        challenged: isChallenged(asked),
        loginHint: parameters.get('login_hint') ?? '',
        consentAsked: prompt === 'consent',
        what: {
          kind: 'authorize',
          redirectUri,
          responseMode: mode,
          state: given,
          challenge: challengeOf(asked),
          nonce: parameters.get('nonce') ?? undefined,
        },
      }),
    };
  } catch (error) {
    if (!(error instanceof EntraFault)) throw error;
    return refuseTo({ redirectUri, responseMode: mode, state: given }, error, state.now());
  }
}

/** The refusal as the client gets it ("Error response" of the same page). */
export function refuseTo(
  to: {
    readonly redirectUri: string;
    readonly responseMode: ResponseMode;
    readonly state: string | undefined;
  },
  fault: EntraFault,
  now: number,
  subcode?: string,
): HttpAnswer {
  return goBack(to.redirectUri, to.responseMode, {
    error: fault.oauth,
    error_subcode: subcode,
    error_description: fault.describe(now, randomUUID()),
    error_uri: `https://login.microsoftonline.com/error?code=${fault.aadsts}`,
    state: to.state,
  });
}

function modeOf(parameters: URLSearchParams): ResponseMode {
  const mode = parameters.get('response_mode');
  return mode === 'fragment' || mode === 'form_post' ? mode : 'query';
}

/**
 * PKCE by SHA-256 (RFC 7636 §4.2). Entra takes `plain` too and lets some clients do without: here
 * only what its page recommends goes through, so that no client gets by with less.
 * @throws EntraFault 70005, 50147, 501491
 */
function challengeOf(asked: Asked): string {
  const responseType = requireParameter(asked, 'response_type');
  if (responseType !== 'code') {
    throw new EntraFault(
      70005,
      'unsupported_response_type',
      `The app returned an unsupported response type: response type '${responseType}' isn't enabled for the app.`,
    );
  }
  const challenge = asked.parameters.get('code_challenge') ?? '';
  const method = asked.parameters.get('code_challenge_method');
  if (method === 'S256' && /^[\w-]{43}$/.test(challenge)) return challenge;
  throw challenge === ''
    ? new EntraFault(
        50147,
        'invalid_request',
        'The size of the code challenge parameter is not valid.',
      )
    : new EntraFault(501491, 'invalid_request', 'Invalid size of Code_Challenge parameter.');
}
