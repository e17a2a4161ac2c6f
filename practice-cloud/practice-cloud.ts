import { randomBytes } from 'node:crypto';
import { startAzure, type AzureEndpoints } from './azure.ts';
import { answerAdmin } from './control/admin.ts';
import { CallLog } from './control/call-log.ts';
import { OverrideStore } from './control/overrides.ts';
import { Entra } from './entra/entra.ts';
import { listenOnLoopback, type LoopbackServer } from './http/loopback-server.ts';
import { meetNetwork } from './http/network-faults.ts';
import { Directory } from './identity/directory.ts';
import { IssuedCredentials } from './identity/temporary-credentials.ts';
import { Centers } from './identity-center/centers.ts';
import { answerIam } from './iam/service.ts';
import { answerIdentityCenter } from './identity-center/service.ts';
import { answerVanity } from './identity-center/vanity.ts';
import { Subscriptions } from './resource-manager/subscriptions.ts';
import { IdentityProviders } from './saml/identity-providers.ts';
import { answerSaml } from './saml/service.ts';
import { answerSignin } from './signin/service.ts';
import { SigninTokens } from './signin/signin-tokens.ts';
import type { CloudState } from './state.ts';
import { answerSts } from './sts/service.ts';

export interface PracticeCloudOptions {
  /** Port of STS on 127.0.0.1; 0, the default, takes a free one. */
  readonly port?: number;
  /** Its time in milliseconds since the epoch, before `clockOffsetSeconds`; this machine's if omitted. */
  readonly clock?: () => number;
}

/** Where the practice cloud is. Printed by `main.ts` as one line of JSON. */
export interface PracticeCloudEndpoints extends AzureEndpoints {
  /** For `AWS_ENDPOINT_URL_STS`. */
  readonly stsEndpoint: string;
  /** For `AWS_ENDPOINT_URL_IAM`: the actions for a user's own access keys. */
  readonly iamEndpoint: string;
  /** For `AWS_ENDPOINT_URL_SSO` and `AWS_ENDPOINT_URL_SSO_OIDC`: Identity Center, pages and all. */
  readonly ssoEndpoint: string;
  /** For `AWS_ENDPOINT_URL_SIGNIN`: the web console's federation endpoint. */
  readonly signinEndpoint: string;
  /** A company's own address of the access portal `NAME`, which redirects there: `<vanityEndpoint>/NAME`. */
  readonly vanityEndpoint: string;
  /** Identity providers' pages: `<samlEndpoint>/NAME`. */
  readonly samlEndpoint: string;
  /** For `connectAdmin` of `admin-client.ts`. */
  readonly adminEndpoint: string;
  readonly adminToken: string;
}

export interface PracticeCloud extends PracticeCloudEndpoints {
  close(): Promise<void>;
}

/**
 * Starts a practice cloud in this process: STS, Identity Center, the identity providers, Entra ID, Resource
 * Manager and the admin routes on a loopback port each, everything in memory but the CA's certificate.
 * Rejects when the port is taken.
 */
export async function startPracticeCloud(
  options: PracticeCloudOptions = {},
): Promise<PracticeCloud> {
  const overrides = new OverrideStore();
  const { clock = Date.now } = options;
  const now = () => clock() + overrides.current.clockOffsetSeconds * 1000;
  const state: CloudState = {
    directory: new Directory(),
    issued: new IssuedCredentials(),
    signinTokens: new SigninTokens(),
    centers: new Centers(),
    ssoEndpoint: () => sso.url,
    identityProviders: new IdentityProviders(),
    samlEndpoint: () => saml.url,
    entra: new Entra(),
    subscriptions: new Subscriptions(),
    calls: new CallLog(),
    overrides,
    now,
  };
  const adminToken = randomBytes(32).toString('base64url');
  const sts = await listenOnLoopback(options.port ?? 0, now, async (request, signal) => {
    const passage = await meetNetwork(overrides.current, signal);
    return passage === 'drop' ? passage : answerSts(request, state);
  });
  const iam = await listenOnLoopback(0, now, async (request, signal) => {
    const passage = await meetNetwork(overrides.current, signal);
    return passage === 'drop' ? passage : answerIam(request, state);
  });
  const sso = await listenOnLoopback(0, now, async (request, signal) => {
    const passage = await meetNetwork(overrides.current, signal);
    return passage === 'drop' ? passage : answerIdentityCenter(request, state);
  });
  const signin = await listenOnLoopback(0, now, async (request, signal) => {
    const passage = await meetNetwork(overrides.current, signal);
    return passage === 'drop' ? passage : answerSignin(request, state);
  });
  const vanity: LoopbackServer = await listenOnLoopback(0, now, (request) =>
    Promise.resolve(answerVanity(request, state, vanity.url)),
  );
  const saml = await listenOnLoopback(0, now, (request) =>
    Promise.resolve(answerSaml(request, state)),
  );
  const azure = await startAzure(state);
  const admin = await listenOnLoopback(0, Date.now, (request, signal) =>
    answerAdmin(request, adminToken, state, signal),
  );
  return {
    stsEndpoint: sts.url,
    iamEndpoint: iam.url,
    ssoEndpoint: sso.url,
    signinEndpoint: signin.url,
    vanityEndpoint: vanity.url,
    samlEndpoint: saml.url,
    ...azure.endpoints,
    adminEndpoint: admin.url,
    adminToken,
    async close() {
      await Promise.all([
        sts.close(),
        iam.close(),
        sso.close(),
        signin.close(),
        vanity.close(),
        saml.close(),
        azure.close(),
        admin.close(),
      ]);
    },
  };
}
