import { createAwsIamRoleChainedProvider } from '../../services/providers/aws-iam-role-chained.ts';
import { personOfMachine } from '../../services/providers/role-session-name.ts';
import { createAwsIamRoleFederatedProvider } from '../../services/providers/aws-iam-role-federated.ts';
import { createAwsIamUserProvider } from '../../services/providers/aws-iam-user.ts';
import { createAwsSsoRoleProvider } from '../../services/providers/aws-sso-role.ts';
import { createAzureProvider } from '../../services/providers/azure.ts';
import type { Providers } from '../../services/providers/providers.ts';
import { awsTime } from '../../services/network/aws-client.ts';
import { ParentCredentials } from '../../services/sessions/parent-credentials.ts';
import type { RunCredentials } from '../../services/sessions/run-credentials.ts';
import type { SessionRepository } from '../../services/sessions/session-repository.ts';
import { browserProxy } from '../../services/sign-in/browser-proxy.ts';
import { createBrowserSignIn } from '../../services/sign-in/browser-sign-in.ts';
import type { Foundation } from './foundation.ts';
import type { Network } from './network.ts';
import type { SignIns } from './sign-ins.ts';
import type { Storage } from './storage.ts';

/** One provider a session type. */
export function composeProviders(
  { paths, elapsed, times, log, environment, createSignIn }: Foundation,
  { workspace, events, secrets, prompts, settings }: Storage,
  { connectSts, connectSso, connectAzure }: Network,
  signIns: SignIns,
  sessions: { readonly repository: SessionRepository; readonly credentials: RunCredentials },
) {
  const { repository, credentials } = sessions;
  const findIntegration = signIns.find;
  const proxy = () => browserProxy(settings.current(), environment.proxies);
  const signIn =
    createSignIn?.(elapsed, proxy) ??
    createBrowserSignIn({ folder: paths.browser, secrets, clock: elapsed, proxy });
  const parents = new ParentCredentials({
    find: (sessionId) => repository.find(sessionId),
    providers: () => providers,
    runs: credentials,
    prompts,
    clock: elapsed,
    events,
    log,
  });
  const awsIamUser = createAwsIamUserProvider({
    secrets,
    connectSts,
    timeIn: (region) => times.of(awsTime('sts', region)),
    log,
  });
  const awsIamRoleFederated = createAwsIamRoleFederatedProvider({
    connectSts,
    signIn,
    identityProviders: (idpId) => workspace.identityProviders().find((idp) => idp.idpId === idpId),
    sessions: () => repository.all(),
    clock: elapsed,
    log,
  });
  const azure = createAzureProvider({
    signIn: signIns.azure,
    connect: connectAzure,
    findIntegration,
    moreResources: () => settings.current().azureResources,
    clock: elapsed,
  });
  const providers: Providers = {
    awsIamUser,
    awsIamRoleFederated,
    azure,
    awsIamRoleChained: createAwsIamRoleChainedProvider({
      parents,
      connectSts,
      person: () => settings.current().roleSessionPerson ?? personOfMachine(),
    }),
    awsSsoRole: createAwsSsoRoleProvider({
      signIn: signIns.sso,
      connect: connectSso,
      findIntegration,
    }),
  };
  return { all: providers, parents, awsIamUser, awsIamRoleFederated, azure };
}
