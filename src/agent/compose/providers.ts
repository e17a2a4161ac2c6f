import { createAwsIamRoleChainedProvider } from '../../services/providers/aws-iam-role-chained.ts';
import { createAwsIamRoleFederatedProvider } from '../../services/providers/aws-iam-role-federated.ts';
import { createAwsIamUserProvider } from '../../services/providers/aws-iam-user.ts';
import { createAwsSsoRoleProvider } from '../../services/providers/aws-sso-role.ts';
import { createAzureProvider } from '../../services/providers/azure.ts';
import type { Providers } from '../../services/providers/providers.ts';
import { ParentCredentials } from '../../services/sessions/parent-credentials.ts';
import type { RunCredentials } from '../../services/sessions/run-credentials.ts';
import type { SessionRepository } from '../../services/sessions/session-repository.ts';
import { createBrowserSignIn } from '../../services/sign-in/browser-sign-in.ts';
import type { Foundation } from './foundation.ts';
import type { Network } from './network.ts';
import type { SignIns } from './sign-ins.ts';
import type { Storage } from './storage.ts';

/** One provider a session type. */
export function composeProviders(
  { paths, clock, log, createSignIn }: Foundation,
  { workspace, events, secrets, prompts }: Storage,
  { connectSts, connectSso, connectAzure }: Network,
  signIns: SignIns,
  sessions: { readonly repository: SessionRepository; readonly credentials: RunCredentials },
) {
  const { repository, credentials } = sessions;
  const findIntegration = signIns.find;
  const signIn =
    createSignIn?.(clock) ?? createBrowserSignIn({ folder: paths.browser, secrets, clock });
  const parents = new ParentCredentials({
    find: (sessionId) => repository.find(sessionId),
    providers: () => providers,
    runs: credentials,
    prompts,
    clock,
    events,
    log,
  });
  const awsIamUser = createAwsIamUserProvider({ secrets, connectSts, clock, log });
  const awsIamRoleFederated = createAwsIamRoleFederatedProvider({
    connectSts,
    signIn,
    identityProviders: (idpId) => workspace.identityProviders().find((idp) => idp.idpId === idpId),
    sessions: () => repository.all(),
    clock,
    log,
  });
  const azure = createAzureProvider({
    signIn: signIns.azure,
    connect: connectAzure,
    findIntegration,
    clock,
  });
  const providers: Providers = {
    awsIamUser,
    awsIamRoleFederated,
    azure,
    awsIamRoleChained: createAwsIamRoleChainedProvider({ parents, connectSts, clock }),
    awsSsoRole: createAwsSsoRoleProvider({
      signIn: signIns.sso,
      connect: connectSso,
      findIntegration,
      clock,
    }),
  };
  return { all: providers, parents, awsIamUser, awsIamRoleFederated, azure };
}
