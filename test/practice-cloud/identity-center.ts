import { SSOClient } from '@aws-sdk/client-sso';
import { RegisterClientCommand, SSOOIDCClient } from '@aws-sdk/client-sso-oidc';
import type { Practice } from './practice.ts';

export const userName = 'dana';
export const payments = {
  accountId: '447109328810',
  accountName: 'payments-prod',
  emailAddress: 'payments@example.com',
};
export const deviceGrant = 'urn:ietf:params:oauth:grant-type:device_code';
export const redirectUri = 'http://127.0.0.1:4711/oauth/callback';

/** An Identity Center instance with one user, and the real AWS SDK in front of it. */
export async function center(practice: Practice, options: object = {}) {
  const { admin, ssoEndpoint: endpoint } = practice;
  const { startUrl } = await admin.createIdentityCenter({ name: 'acme', ...options });
  const { password } = await admin.createSsoUser({ startUrl, userName });
  const client = { endpoint, region: 'eu-west-1', maxAttempts: 1 };
  const oidc = new SSOOIDCClient(client);
  return {
    startUrl,
    password,
    oidc,
    portal: new SSOClient(client),
    /** A client for device codes, as Stint and the AWS CLI register it. */
    async register(changes: object = {}) {
      const { clientId = '', clientSecret = '' } = await oidc.send(
        new RegisterClientCommand({
          clientName: 'test',
          clientType: 'public',
          scopes: ['sso:account:access'],
          ...changes,
        }),
      );
      return { clientId, clientSecret };
    },
    /** What a client for authorization codes adds. */
    codeClient: {
      grantTypes: ['authorization_code', 'refresh_token'],
      redirectUris: ['http://127.0.0.1/oauth/callback'],
      issuerUrl: startUrl,
    },
  };
}

export type TestCenter = Awaited<ReturnType<typeof center>>;
