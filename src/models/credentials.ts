/** Temporary AWS credentials with their absolute end (`expiration`: UTC ISO 8601 with `Z`). */
export interface AwsCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
  readonly expiration: string;
  readonly accountId?: string;
}

/** Long-term keys of an IAM user: vault only, never delivered to a tool. */
export interface AwsAccessKeys {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/** Whose an Azure access token is: a person's, or a service principal's. */
export interface AzureAccount {
  readonly kind: 'user' | 'servicePrincipal';
  /** The sign-in name of a person, the client id of a service principal. */
  readonly username: string;
  /** As MSAL forms it: `<object id>.<home tenant>`. */
  readonly homeAccountId: string;
}

/** An access token for Azure Resource Manager with its absolute end (UTC ISO 8601 with `Z`). */
export interface AzureCredentials {
  readonly accessToken: string;
  readonly expiration: string;
  readonly tenantId: string;
  readonly account: AzureAccount;
}

/** What a run has been given; which of the two goes with the type of its session. */
export type Credentials = AwsCredentials | AzureCredentials;

export function isAwsCredentials(credentials: Credentials): credentials is AwsCredentials {
  return 'accessKeyId' in credentials;
}
