import * as z from 'zod';
import { accountIdPattern } from './arn.ts';
import { mfaSerialSchema, roleArnSchema, samlProviderArnSchema } from './arn-schemas.ts';
import { awsDeliverySchema, azureDeliverySchema, profileNameSchema } from './delivery.ts';
import { line } from './line.ts';
import { instantSchema } from './time.ts';
import { awsEndpointUrlSchema } from './url.ts';

/*
 * The fields a person sets, by session type. Everything Stint itself keeps about a session is in
 * session.ts.
 */

export const sessionTypes = [
  'awsIamUser',
  'awsIamRoleFederated',
  'awsIamRoleChained',
  'awsSsoRole',
  'azure',
] as const;
export const sessionTypeSchema = z.enum(sessionTypes);
export type SessionType = z.infer<typeof sessionTypeSchema>;

/** AWS region or Azure location, by shape: the lists come from the SDK or the provider. */
export const regionSchema = z
  .string()
  .trim()
  .regex(/^[a-z][a-z0-9-]{0,39}[a-z0-9]$/, 'must be a region or location, such as eu-west-1');

export const limitsSchema = z.strictObject({
  maxSessionSeconds: z.int().min(1).max(31_536_000).optional(),
  maxLeases: z.int().min(1).max(10_000).optional(),
  idleSeconds: z.int().min(900).max(31_536_000).optional(),
});

export type Limits = z.infer<typeof limitsSchema>;

const everySession = {
  sessionName: line(128),
  region: regionSchema,
  labels: z.array(line(64)).max(50).optional(),
  environment: line(64).optional(),
  pinned: z.boolean().optional(),
  /** Lists omit it while it is not running. */
  hidden: z.boolean().optional(),
  limits: limitsSchema.optional(),
  validUntil: instantSchema.optional(),
  onDemand: z.boolean().optional(),
};

const everyAwsSession = {
  ...everySession,
  profileName: profileNameSchema.optional(),
  delivery: awsDeliverySchema.optional(),
};

/**
 * Roles of an Identity Center have none: their credentials come from the integration's endpoints, and
 * its sign-in must not go elsewhere for one of them.
 */
const everyStsSession = {
  ...everyAwsSession,
  /** For STS here and for every service in tools: `endpoint_url` of the AWS files. */
  endpointUrl: awsEndpointUrlSchema.optional(),
};

/** AssumeRole and AssumeRoleWithSAML take 900–43,200 s (STS API Reference). */
const roleSeconds = z.int().min(900).max(43_200).optional();

/** STS API Reference, AssumeRole: RoleSessionName and SourceIdentity. */
export const stsNameSchema = z
  .string()
  .min(2)
  .max(64)
  .regex(/^[\w+=,.@-]+$/, 'must contain only letters, digits and _+=,.@-');

export const awsIamUserFieldsSchema = z.strictObject({
  ...everyStsSession,
  type: z.literal('awsIamUser'),
  mfaSerial: mfaSerialSchema.optional(),
  /** An argv array that prints the MFA code; run without a shell. */
  mfaCommand: z.array(z.string().min(1).max(4096)).min(1).max(64).optional(),
  /** GetSessionToken DurationSeconds, STS API Reference. */
  tokenSeconds: z.int().min(900).max(129_600).optional(),
});

export const awsIamRoleFederatedFieldsSchema = z.strictObject({
  ...everyStsSession,
  type: z.literal('awsIamRoleFederated'),
  idpId: z.uuid(),
  idpArn: samlProviderArnSchema,
  roleArn: roleArnSchema,
  roleSeconds,
  /** Signs in with its own cookies, so as another person than other sessions of the provider. */
  separateIdentity: z.boolean().optional(),
});

export const awsIamRoleChainedFieldsSchema = z.strictObject({
  ...everyStsSession,
  type: z.literal('awsIamRoleChained'),
  parentSessionId: z.uuid(),
  roleArn: roleArnSchema,
  /** If omitted, the person (setting `roleSessionPerson`) and the run. */
  roleSessionName: stsNameSchema.optional(),
  externalId: z
    .string()
    .min(2)
    .max(1224)
    .regex(/^[\w+=,.@:/-]+$/, 'must contain only letters, digits and _+=,.@:/-')
    .optional(),
  sourceIdentity: stsNameSchema.optional(),
  /** STS API Reference, AssumeRole, Tags: at most 50. */
  tags: z
    .record(z.string().min(1).max(128), z.string().max(256))
    .refine((tags) => Object.keys(tags).length <= 50, { error: 'must have at most 50 entries' })
    .optional(),
  policyArns: z.array(z.string().min(20).max(2048)).max(10).optional(),
  policy: z.string().min(1).max(2048).optional(),
  mfaSerial: mfaSerialSchema.optional(),
  roleSeconds,
});

export const awsSsoRoleFieldsSchema = z.strictObject({
  ...everyAwsSession,
  type: z.literal('awsSsoRole'),
  integrationId: z.uuid(),
  accountId: z.string().regex(accountIdPattern, 'must be a 12-digit account id'),
  accountName: line(128),
  roleName: z
    .string()
    .min(1)
    .max(64)
    .regex(/^[\w+=,.@-]+$/, 'must contain only letters, digits and _+=,.@-'),
  /** As the organisation has it, to be shown; AWS allows more than `z.email` does, such as `aws/prod@x`. */
  email: line(320).optional(),
});

export const azureFieldsSchema = z.strictObject({
  ...everySession,
  type: z.literal('azure'),
  delivery: azureDeliverySchema.optional(),
  integrationId: z.uuid(),
  // Many ids of Azure are GUIDs but no UUIDs of RFC 9562.
  tenantId: z.guid(),
  subscriptionId: z.guid(),
  subscriptionName: line(128),
});

/** The endpoint of a session, or of its fields, that names its own. */
export function endpointUrlOf(session: object | undefined): string | undefined {
  const url = session !== undefined && 'endpointUrl' in session ? session.endpointUrl : undefined;
  return typeof url === 'string' ? url : undefined;
}

/** What a person may say about a session: the body of PUT, and of POST without its secrets. */
export const sessionFieldsSchema = z.discriminatedUnion('type', [
  awsIamUserFieldsSchema,
  awsIamRoleFederatedFieldsSchema,
  awsIamRoleChainedFieldsSchema,
  awsSsoRoleFieldsSchema,
  azureFieldsSchema,
]);
export type SessionFields = z.infer<typeof sessionFieldsSchema>;

/** The names of the fields a person sets, by type. */
export const fieldNames: Readonly<Record<SessionType, ReadonlySet<string>>> = {
  awsIamUser: new Set(Object.keys(awsIamUserFieldsSchema.shape)),
  awsIamRoleFederated: new Set(Object.keys(awsIamRoleFederatedFieldsSchema.shape)),
  awsIamRoleChained: new Set(Object.keys(awsIamRoleChainedFieldsSchema.shape)),
  awsSsoRole: new Set(Object.keys(awsSsoRoleFieldsSchema.shape)),
  azure: new Set(Object.keys(azureFieldsSchema.shape)),
};

/** Write-only: they go to the vault and are never shown again. */
export const sessionSecretsSchema = z.strictObject({
  /** Those of AWS are checked more closely; a private cloud has keys of any length. */
  accessKeyId: z
    .string()
    .trim()
    .regex(/^\w{1,128}$/, 'must be an access key id, such as AKIAIOSFODNN7EXAMPLE'),
  secretAccessKey: z.string().trim().min(1).max(128),
});
export type SessionSecrets = z.infer<typeof sessionSecretsSchema>;
