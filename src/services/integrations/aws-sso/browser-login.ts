import { createHash, randomBytes } from 'node:crypto';
import { listenForCallback } from '../callback-listener.ts';
import type { LoginRequest, TokenAnswer } from './login.ts';
import { redirectPath } from './registration.ts';

/**
 * Signs in with an authorization code and PKCE (RFC 7636) over loopback. A prompt shows the page to a
 * person; Stint opens no browser. If the browser runs on another machine, they can paste the address
 * it ends at.
 */
export async function browserLogin(request: LoginRequest): Promise<TokenAnswer> {
  const { connection, registration, integration, signal } = request;
  const state = randomBytes(24).toString('base64url');
  const verifier = randomBytes(48).toString('base64url');
  const listener = await listenForCallback(state, {
    integrationName: integration.name,
    host: '127.0.0.1',
    path: redirectPath,
  });
  const { answer, close } = request.ask({
    kind: 'login',
    url: authorizeUrl(request, listener.redirectUri, state, verifier),
    text: `Sign in to ${integration.name} in your browser${request.why}`,
  });
  try {
    const code = await listener.codeOr(answer);
    return await connection.client.send(
      new connection.sdk.CreateTokenCommand({
        ...registration,
        grantType: 'authorization_code',
        code,
        codeVerifier: verifier,
        redirectUri: listener.redirectUri,
      }),
      { abortSignal: signal },
    );
  } finally {
    close();
    listener.close();
  }
}

/** In the form of the AWS CLI v2: `/authorize` on the host of the OIDC service. */
function authorizeUrl(
  { connection, registration, scopes }: LoginRequest,
  redirectUri: string,
  state: string,
  verifier: string,
): string {
  const url = new URL('/authorize', connection.origin);
  url.search = new URLSearchParams({
    response_type: 'code',
    client_id: registration.clientId,
    redirect_uri: redirectUri,
    state,
    code_challenge_method: 'S256',
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    scopes: scopes.join(' '),
  }).toString();
  return url.toString();
}
