import type * as Sso from '@aws-sdk/client-sso';
import type * as Oidc from '@aws-sdk/client-sso-oidc';
import type { AwsSsoIntegration } from '../../../models/integration.ts';
import type { ServerTime } from '../../clock/server-time.ts';
import { connectAws } from '../../network/aws-client.ts';
import type { Network } from '../../network/network.ts';
import { resolveStartUrl } from './resolve-start-url.ts';

/** The sign-in service of Identity Center, which needs no credentials. */
export interface OidcConnection {
  readonly sdk: typeof Oidc;
  readonly client: Oidc.SSOOIDCClient;
  /** Scheme and host of the sign-in page: those of the service, as in the AWS CLI. */
  readonly origin: string;
}

/** The access portal, which takes the access token with each call. */
export interface PortalConnection {
  readonly sdk: typeof Sso;
  readonly client: Sso.SSOClient;
  readonly time: ServerTime;
}

export interface ConnectSso {
  oidc(region: string): Promise<OidcConnection>;
  /** `attempts`: how often to try a call that AWS throttles or fails; 3 if omitted. */
  portal(region: string, attempts?: number): Promise<PortalConnection>;
  /** The access portal that the start URL leads to; see `resolveStartUrl`. */
  startUrl(integration: AwsSsoIntegration, signal: AbortSignal): Promise<string>;
}

/** Connects to the endpoints in the settings, else to those of the region. Throws like `connectAws`. */
export function createSsoConnector(network: Network): ConnectSso {
  return {
    async oidc(region) {
      const sdk = await import('@aws-sdk/client-sso-oidc');
      const { client, url } = connectAws(network, (config) => new sdk.SSOOIDCClient(config), {
        service: 'ssoOidc',
        region,
      });
      return { sdk, client, origin: new URL(url).origin };
    },
    async portal(region, attempts) {
      const sdk = await import('@aws-sdk/client-sso');
      const { client, time } = connectAws(network, (config) => new sdk.SSOClient(config), {
        service: 'sso',
        region,
        ...(attempts === undefined ? {} : { attempts }),
      });
      return { sdk, client, time };
    },
    startUrl: (integration, signal) => resolveStartUrl(network, integration, signal),
  };
}
