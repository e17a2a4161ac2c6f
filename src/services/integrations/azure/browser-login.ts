import type { AuthenticationRecord } from '@azure/identity';
import type { PipelineResponse } from '@azure/core-rest-pipeline';
import type { INetworkModule } from '@azure/msal-node';
import { randomBytes } from 'node:crypto';
import { listenForCallback } from '../callback-listener.ts';
import { clientIdOf } from './application.ts';
import type { AzureConnection } from './connect.ts';
import type { AzureLogin } from './login.ts';

/**
 * Signs in with an authorization code and PKCE (RFC 7636) over loopback. A prompt shows the page;
 * Stint opens no browser. InteractiveBrowserCredential would, so this uses the library below it.
 */
export async function browserLogin(login: AzureLogin): Promise<AuthenticationRecord> {
  const { CryptoProvider, PublicClientApplication } = await import('@azure/msal-node');
  const { connection, integration, tenantId, cache, scopes, claims } = login;
  const { authorityHost, name } = connection.cloud;
  const clientId = clientIdOf(integration);
  const application = new PublicClientApplication({
    auth: {
      clientId,
      authority: `${authorityHost}/${tenantId}`,
      knownAuthorities: name === 'custom' ? [new URL(authorityHost).host] : [],
    },
    cache: { cachePlugin: cache },
    system: { networkClient: await networkClient(connection) },
  });
  const { verifier, challenge } = await new CryptoProvider().generatePkceCodes();
  const state = randomBytes(24).toString('base64url');
  // For loopback addresses Entra ignores the port (RFC 8252 §7.3) but not the name.
  const listener = await listenForCallback(state, {
    integrationName: integration.name,
    host: 'localhost',
    path: '/',
  });
  const { redirectUri } = listener;
  const url = await application.getAuthCodeUrl({
    scopes: [...scopes],
    redirectUri,
    state,
    codeChallenge: challenge,
    codeChallengeMethod: 'S256',
    prompt: 'select_account',
    ...(claims === undefined ? {} : { claims }),
  });
  const { answer, close } = login.ask({
    kind: 'login',
    url,
    text: `Sign in to ${integration.name} in your browser`,
  });
  try {
    const code = await listener.codeOr(answer);
    const { account } = await application.acquireTokenByCode({
      code,
      codeVerifier: verifier,
      scopes: [...scopes],
      redirectUri,
      ...(claims === undefined ? {} : { claims }),
    });
    if (account === null) throw new Error('Entra ID answered the sign-in without an account');
    const { environment, homeAccountId, username } = account;
    return {
      authority: environment,
      homeAccountId,
      username,
      clientId,
      tenantId: account.tenantId,
    };
  } finally {
    close();
    listener.close();
  }
}

/** MSAL's requests on our connection. */
async function networkClient({ httpClient }: AzureConnection): Promise<INetworkModule> {
  const { createHttpHeaders, createPipelineRequest } = await import('@azure/core-rest-pipeline');
  const send = async (
    method: 'GET' | 'POST',
    url: string,
    { body, headers }: NonNullable<Parameters<INetworkModule['sendGetRequestAsync']>[1]> = {},
  ) =>
    await httpClient.sendRequest(
      createPipelineRequest({
        url,
        method,
        headers: createHttpHeaders(headers),
        ...(body === undefined ? {} : { body }),
      }),
    );
  const answer = ({ status, headers, bodyAsText }: PipelineResponse) => ({
    status,
    headers: headers.toJSON(),
    // MSAL decides the type.
    body: JSON.parse(bodyAsText || '{}') as never,
  });
  return {
    sendGetRequestAsync: async (url, options) => answer(await send('GET', url, options)),
    sendPostRequestAsync: async (url, options) => answer(await send('POST', url, options)),
  };
}
