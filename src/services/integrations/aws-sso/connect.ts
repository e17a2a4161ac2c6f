import type * as Sso from '@aws-sdk/client-sso';
import type * as Oidc from '@aws-sdk/client-sso-oidc';
import type { Settings } from '../../../models/settings.ts';
import type { ServerTime } from '../../clock/server-time.ts';
import { observeServerTime } from '../../network/observe-server-time.ts';
import { requestHandler, type Proxies } from '../../network/request-handler.ts';

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
}

export interface ConnectSso {
  oidc(region: string): Promise<OidcConnection>;
  /** `attempts`: how often to try a call that AWS throttles or fails; 3 if omitted. */
  portal(region: string, attempts?: number): Promise<PortalConnection>;
}

/** Connects to the endpoints in the settings, else to those of the region. */
export function createSsoConnector(options: {
  readonly settings: () => Settings;
  readonly proxies: Proxies;
  readonly serverTime: ServerTime;
}): ConnectSso {
  const base = (endpoint: string | undefined, region: string) => ({
    region,
    ...(endpoint === undefined ? {} : { endpoint }),
    requestHandler: requestHandler(options.settings(), options.proxies),
  });
  return {
    async oidc(region) {
      const sdk = await import('@aws-sdk/client-sso-oidc');
      const { awsSsoOidcEndpointUrl, awsEndpointUrl } = options.settings();
      const endpoint = awsSsoOidcEndpointUrl ?? awsEndpointUrl;
      const client = new sdk.SSOOIDCClient({ ...base(endpoint, region), maxAttempts: 3 });
      observeServerTime(client.middlewareStack, options.serverTime);
      const url = endpoint ?? client.config.endpointProvider({ Region: region }).url;
      return { sdk, client, origin: new URL(url).origin };
    },
    async portal(region, attempts = 3) {
      const sdk = await import('@aws-sdk/client-sso');
      const { awsSsoEndpointUrl, awsEndpointUrl } = options.settings();
      const client = new sdk.SSOClient({
        ...base(awsSsoEndpointUrl ?? awsEndpointUrl, region),
        maxAttempts: attempts,
      });
      observeServerTime(client.middlewareStack, options.serverTime);
      return { sdk, client };
    },
  };
}
