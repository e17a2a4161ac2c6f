import * as z from 'zod';
import { line } from './line.ts';
import { regionSchema } from './session-fields.ts';
import { instantSchema } from './time.ts';
import { httpsOriginSchema, httpsOrLoopbackUrlSchema } from './url.ts';

const everyIntegration = {
  name: line(128),
  scopes: z.array(z.string().min(1).max(256)).max(50).optional(),
  clientId: z.string().min(1).max(256).optional(),
};

const awsSsoFields = {
  ...everyIntegration,
  kind: z.literal('awsSso'),
  /** Where the Identity Center instance lives. */
  region: regionSchema,
  /** Another region of the same instance, used while `region` cannot be reached. */
  failoverRegion: regionSchema.optional(),
  /** The access portal, such as https://d-1234567890.awsapps.com/start. */
  startUrl: httpsOrLoopbackUrlSchema,
};

const azureFields = {
  ...everyIntegration,
  kind: z.literal('azure'),
  /** A tenant's id, or one of its domains. */
  tenantId: z.string().regex(/^[A-Za-z0-9.-]{1,253}$/, 'must be the id or a domain of a tenant'),
  /** Of a national or private cloud, such as https://login.microsoftonline.us. */
  authorityHost: httpsOriginSchema.optional(),
};

/** The fields of an integration that a person sets. */
export const integrationFieldsSchema = z.discriminatedUnion('kind', [
  z.strictObject(awsSsoFields),
  z.strictObject(azureFields),
]);
export type IntegrationFields = z.infer<typeof integrationFieldsSchema>;

/** What a sync changed among the sessions. */
export const syncResultSchema = z.object({
  added: z.int(),
  changed: z.int(),
  unchanged: z.int(),
  /** No longer available from the integration: kept, and marked `vanishedAt`. */
  vanished: z.int(),
  /** Accounts or tenants that could not be listed; their sessions are unchanged. */
  skipped: z.array(z.string()),
});
export type SyncResult = z.infer<typeof syncResultSchema>;

/** What Stint itself keeps about an integration. */
const kept = {
  integrationId: z.uuid(),
  status: z.enum(['logged-out', 'logging-in', 'logged-in']),
  /** When the sign-in ends by itself; missing if Stint renews it silently. */
  loggedInUntil: instantSchema.optional(),
  /** When the last sync succeeded. */
  lastSync: instantSchema.optional(),
  lastSyncResult: syncResultSchema.optional(),
};

const keptOfAzure = {
  ...kept,
  /** What its application signs in with; if missing, a person signs in. */
  credential: z.enum(['client-secret', 'client-certificate']).optional(),
};

/** A source of sessions at a cloud provider (DESIGN §3). */
export const integrationSchema = z.discriminatedUnion('kind', [
  z.strictObject({ ...awsSsoFields, ...kept }),
  z.strictObject({ ...azureFields, ...keptOfAzure }),
]);
export type Integration = z.infer<typeof integrationSchema>;
export type AwsSsoIntegration = Extract<Integration, { kind: 'awsSso' }>;
export type AzureIntegration = Extract<Integration, { kind: 'azure' }>;

/** Write-only, of an Azure application: one of the two. They go to the vault. */
export const integrationSecretsSchema = z
  .strictObject({
    clientSecret: z.string().min(1).max(4096).optional(),
    /** PEM: the certificate, and its private key without a passphrase. */
    clientCertificate: z
      .string()
      .max(65_536)
      .regex(/-----BEGIN CERTIFICATE-----/, 'must contain a certificate in PEM format')
      .regex(/-----BEGIN (RSA )?PRIVATE KEY-----/, 'must contain its private key in PEM format')
      .optional(),
  })
  .refine(
    ({ clientSecret, clientCertificate }) =>
      (clientSecret === undefined) !== (clientCertificate === undefined),
    'must have either clientSecret or clientCertificate',
  );
export type IntegrationSecrets = z.infer<typeof integrationSecretsSchema>;

/** The progress of a sync through an organisation's accounts, or through tenants. */
export const syncProgressSchema = z.object({
  startedAt: instantSchema,
  /** Accounts or tenants in total; missing until all pages of their list have arrived. */
  total: z.int().optional(),
  done: z.int(),
  /** Roles or subscriptions, so far. */
  found: z.int(),
});
export type SyncProgress = z.infer<typeof syncProgressSchema>;

/** Why the last sync did not succeed; gone when the next one begins. */
export const syncFailureSchema = z.object({
  at: instantSchema,
  /** What happened. */
  detail: z.string(),
  /** What to do about it. */
  next: z.string().optional(),
});
export type SyncFailure = z.infer<typeof syncFailureSchema>;

const shown = {
  sync: syncProgressSchema.optional().describe('progress of the sync that is running'),
  lastSyncFailure: syncFailureSchema
    .optional()
    .describe('why the last sync failed; removed when the next one begins'),
};
const [awsSso, azure] = integrationSchema.options;

/** An integration as readers see it. */
export const integrationViewSchema = z.discriminatedUnion('kind', [
  awsSso.extend(shown),
  azure.extend(shown),
]);
export type IntegrationView = z.infer<typeof integrationViewSchema>;

/** Names of the fields Stint keeps or shows; a caller may send them back, but cannot change them. */
export const keptIntegrationFields: readonly string[] = [
  ...Object.keys(keptOfAzure),
  ...Object.keys(shown),
];
