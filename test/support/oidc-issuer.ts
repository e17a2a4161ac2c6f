import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, type JWK } from 'jose';
import { Provider } from 'oidc-provider';

/** A real OpenID Connect provider on loopback, for programs that sign in by themselves. */
export interface OidcIssuer {
  readonly issuer: string;
  /** The private key that signs now. */
  readonly key: () => JWK;
  /** An access token by the client credentials grant, for `resource` (the audience) with these groups. */
  token(options?: {
    readonly resource?: string;
    readonly groups?: readonly string[];
  }): Promise<string>;
  /** Signs with a new key from now on, and still publishes those in `kept`. */
  rotateKey(options?: { readonly kept?: readonly JWK[] }): Promise<void>;
  /** How often each path was asked for. */
  readonly requests: (path: string) => number;
  /** The provider does not answer until `open`. */
  closed: boolean;
  stop(): Promise<void>;
}

const client = { client_id: 'deploy-job', client_secret: 'of-the-deploy-job' };

/** `named`: another issuer whose name its tokens have. `lifetime`: of a token, in seconds. */
export async function startOidcIssuer({
  named,
  lifetime = 60,
}: { readonly named?: string; readonly lifetime?: number } = {}): Promise<OidcIssuer> {
  const counts = new Map<string, number>();
  let groups: readonly string[] = [];
  let answer: ReturnType<Provider['callback']> | undefined;
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '', 'http://x').pathname;
    counts.set(path, (counts.get(path) ?? 0) + 1);
    if (issuer.closed) response.destroy();
    else void answer?.(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  let key = await newKey();
  const use = (kept: readonly JWK[]) => {
    const provider = new Provider(named ?? address, {
      jwks: { keys: [key, ...kept] },
      clients: [
        {
          ...client,
          grant_types: ['client_credentials'],
          redirect_uris: [],
          response_types: [],
          id_token_signed_response_alg: 'ES256',
        },
      ],
      scopes: ['stint'],
      extraTokenClaims: () => ({ groups: [...groups] }),
      features: {
        devInteractions: { enabled: false },
        clientCredentials: { enabled: true },
        resourceIndicators: {
          enabled: true,
          getResourceServerInfo: (_context, resource) => ({
            scope: 'stint',
            audience: resource.replace('urn:', ''),
            accessTokenFormat: 'jwt',
            accessTokenTTL: lifetime,
            jwt: { sign: { alg: 'ES256' } },
          }),
        },
      },
    });
    answer = provider.callback();
  };
  use([]);
  const issuer: OidcIssuer = {
    issuer: named ?? address,
    key: () => key,
    closed: false,
    async token({ resource = 'urn:stint', groups: wanted = ['platform'] } = {}) {
      groups = wanted;
      const { client_id: id, client_secret: secret } = client;
      const response = await fetch(`${address}/token`, {
        method: 'POST',
        headers: { authorization: `Basic ${btoa(`${id}:${secret}`)}` },
        body: new URLSearchParams({ grant_type: 'client_credentials', scope: 'stint', resource }),
      });
      const body = (await response.json()) as { access_token?: string };
      const { access_token: token } = body;
      if (token === undefined) throw new Error(`no token: ${JSON.stringify(body)}`);
      return token;
    },
    async rotateKey({ kept = [] } = {}) {
      key = await newKey();
      use(kept);
    },
    requests: (path) => counts.get(path) ?? 0,
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return issuer;
}

let made = 0;

async function newKey(): Promise<JWK> {
  const { privateKey } = await generateKeyPair('ES256', { extractable: true });
  made += 1;
  return { ...(await exportJWK(privateKey)), kid: `key-${made}`, alg: 'ES256', use: 'sig' };
}
