import type { AzureCredentials, Credentials } from '../../models/credentials.ts';
import type {
  AwsIamRoleChainedSession,
  AwsIamRoleFederatedSession,
  AwsIamUserSession,
  AwsSession,
  AwsSsoRoleSession,
  AzureSession,
  Session,
} from '../../models/session.ts';
import type { CredentialProvider } from './provider.ts';

/** By the type of session they are for. */
export interface Providers {
  readonly awsIamUser: CredentialProvider<AwsIamUserSession>;
  readonly awsIamRoleFederated: CredentialProvider<AwsIamRoleFederatedSession>;
  readonly awsIamRoleChained: CredentialProvider<AwsIamRoleChainedSession>;
  readonly awsSsoRole: CredentialProvider<AwsSsoRoleSession>;
  readonly azure: CredentialProvider<AzureSession, AzureCredentials>;
}

export function providerFor(
  providers: Providers,
  session: AwsSession,
): CredentialProvider<AwsSession>;
export function providerFor(
  providers: Providers,
  session: Session,
): CredentialProvider<Session, Credentials>;
export function providerFor(
  providers: Providers,
  { type }: Session,
): CredentialProvider<never, Credentials> {
  return providers[type];
}
