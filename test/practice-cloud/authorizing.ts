import { createHash } from 'node:crypto';
import { azureCli, entra, https, resourceManagerScope, type Contoso } from './azure.ts';
import type { Practice } from './practice.ts';
import type { RedirectListener } from './redirect-listener.ts';

type Fields = Readonly<Record<string, string>>;

const verifier = 'v'.repeat(64);
const challenge = createHash('sha256').update(verifier).digest('base64url');

/** What a program does for the authorization code flow, up to the tokens. */
export function authorizing(practice: Practice, anna: Contoso, program: RedirectListener) {
  /** Where it sends the browser, as the discovery document says. */
  const address = async (changes: Fields = {}, tenant = anna.tenantId) => {
    const document = await https(
      practice,
      `${practice.azure.entraEndpoint}/${tenant}/v2.0/.well-known/openid-configuration`,
    );
    const query = new URLSearchParams({
      client_id: azureCli,
      response_type: 'code',
      redirect_uri: program.redirectUri,
      scope: `${resourceManagerScope} openid profile offline_access`,
      state: 'mine',
      nonce: 'once',
      code_challenge_method: 'S256',
      code_challenge: challenge,
      ...changes,
    });
    return `${String(document.json['authorization_endpoint'])}?${query.toString()}`;
  };
  return {
    address,
    /** The code it gets when Anna signs in and allows everything. */
    codeOf: async (changes: Fields = {}, tenant = anna.tenantId) => {
      const url = await address(changes, tenant);
      const { location } = await practice.admin.entraAuthorize({ url, userName: anna.userName });
      return new URL(location).searchParams.get('code') ?? '';
    },
    redeem: (code: string, changes: Fields = {}, tenant = anna.tenantId) =>
      entra(practice).token(tenant, {
        grant_type: 'authorization_code',
        client_id: azureCli,
        redirect_uri: program.redirectUri,
        code_verifier: verifier,
        code,
        ...changes,
      }),
  };
}

export type Authorizing = ReturnType<typeof authorizing>;

/** What a person gives on the sign-in page. */
export function credentials({
  userName,
  password,
}: {
  readonly userName: string;
  readonly password: string;
}) {
  return { userName, password };
}
