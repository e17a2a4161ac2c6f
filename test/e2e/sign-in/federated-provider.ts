import { sessionSchema, type AwsIamRoleFederatedSession } from '../../../src/models/session.ts';
import type { IdentityProvider } from '../../../src/models/identity-provider.ts';
import type { Settings } from '../../../src/models/settings.ts';
import { systemClock } from '../../../src/services/clock/clock.ts';
import { ServiceTimes } from '../../../src/services/clock/service-times.ts';
import type {
  CredentialProvider,
  ProviderRequest,
} from '../../../src/services/providers/provider.ts';
import { createAwsIamRoleFederatedProvider } from '../../../src/services/providers/aws-iam-role-federated.ts';
import { createStsConnector } from '../../../src/services/providers/sts.ts';
import type { SamlSignIn } from '../../../src/services/sign-in/saml-sign-in.ts';
import { roleArn, session as named } from './federation.ts';

/** A session whose role is assumed after a sign-in at `idp`, with its provider and a request for it. */
export function federatedProvider(
  idp: IdentityProvider,
  parts: { readonly idpArn: string; readonly stsEndpoint: string; readonly signIn: SamlSignIn },
): {
  readonly session: AwsIamRoleFederatedSession;
  readonly provider: CredentialProvider<AwsIamRoleFederatedSession>;
  readonly request: Omit<ProviderRequest<AwsIamRoleFederatedSession>, 'fresh'>;
} {
  const { idpArn, stsEndpoint, signIn } = parts;
  const session = sessionSchema.parse({
    ...named,
    type: 'awsIamRoleFederated',
    region: 'eu-west-1',
    profileName: 'reader',
    status: 'pending',
    startDateTime: '',
    duration: 0,
    createdAt: new Date().toISOString(),
    revision: 1,
    idpId: idp.idpId,
    idpArn,
    roleArn,
  }) as AwsIamRoleFederatedSession;
  const provider = createAwsIamRoleFederatedProvider({
    connectSts: createStsConnector({
      settings: () => ({ awsStsEndpointUrl: stsEndpoint }) as Settings,
      times: new ServiceTimes(systemClock),
      proxies: {},
    }),
    signIn,
    identityProviders: () => idp,
    sessions: () => [session],
    clock: systemClock,
    log: { explain: () => undefined },
  });
  const request = {
    session,
    signal: new AbortController().signal,
    deadline: Date.now() + 60_000,
    ask: () => Promise.reject(new Error('nothing is asked')),
    open: () => ({ answer: new Promise<string>(() => undefined), close: () => undefined }),
  };
  return { session, provider, request };
}
