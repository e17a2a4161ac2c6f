import * as z from 'zod';
import { instantSchema } from './time.ts';

/** A key or token as clouds issue them: a header and a line of an AWS file can hold it. */
export const issuedTextSchema = z.string().regex(/^(?![#;])[\x21-\x7e]+$/);

/** Of temporary AWS credentials, what programs sign with. */
export const issuedKeysSchema = z.object({
  accessKeyId: issuedTextSchema,
  secretAccessKey: issuedTextSchema,
  sessionToken: issuedTextSchema,
});

/** Temporary AWS credentials with their absolute end (`expiration`: UTC ISO 8601 with `Z`). */
export const awsCredentialsSchema = issuedKeysSchema.extend({
  expiration: instantSchema,
  accountId: z.string().exactOptional(),
});
export type AwsCredentials = Readonly<z.infer<typeof awsCredentialsSchema>>;

/** Long-term keys of an IAM user: vault only, never delivered to a tool. */
export const awsAccessKeysSchema = z.object({
  accessKeyId: z.string().min(1),
  secretAccessKey: z.string().min(1),
});
export type AwsAccessKeys = Readonly<z.infer<typeof awsAccessKeysSchema>>;

/** Whose an Azure access token is: a person's, or a service principal's. */
export const azureAccountSchema = z.object({
  kind: z.enum(['user', 'servicePrincipal']),
  /** The sign-in name of a person, the client id of a service principal. */
  username: z.string(),
  /** As MSAL forms it: `<object id>.<home tenant>`. */
  homeAccountId: z.string(),
});
export type AzureAccount = Readonly<z.infer<typeof azureAccountSchema>>;

/** An access token for one resource, such as https://vault.azure.net. */
export const azureTokenSchema = z.object({
  resource: z.string().min(1),
  accessToken: issuedTextSchema,
  expiration: instantSchema,
});
export type AzureToken = Readonly<z.infer<typeof azureTokenSchema>>;

/**
 * An access token for Azure Resource Manager, and those for other resources. `expiration`: when the
 * first of them ends (UTC ISO 8601 with `Z`).
 */
export const azureCredentialsSchema = z.object({
  accessToken: issuedTextSchema,
  expiration: instantSchema,
  tenantId: z.string(),
  account: azureAccountSchema,
  others: z.array(azureTokenSchema).readonly().default([]),
  /** Resources for which Entra ID gave no token, and why. */
  refused: z
    .array(z.object({ resource: z.string(), reason: z.string() }))
    .readonly()
    .default([]),
});
export type AzureCredentials = Readonly<z.infer<typeof azureCredentialsSchema>>;

/** What a run has been given; which of the two goes with the type of its session. */
export type Credentials = AwsCredentials | AzureCredentials;

export function isAwsCredentials(credentials: Credentials): credentials is AwsCredentials {
  return 'accessKeyId' in credentials;
}
