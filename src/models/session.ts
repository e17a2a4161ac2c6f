import { z } from 'zod';
import { profileNameSchema } from './delivery.ts';
import { endReasonSchema, sessionStatusSchema } from './lifecycle.ts';
import {
  awsIamRoleChainedFieldsSchema,
  awsIamRoleFederatedFieldsSchema,
  awsIamUserFieldsSchema,
  awsSsoRoleFieldsSchema,
  azureFieldsSchema,
  fieldNames,
  type SessionFields,
} from './session-fields.ts';
import { instantSchema } from './time.ts';

/**
 * One stretch of a session from start to stop. `endsAt`: when its limits end it by force.
 * `untilLastLease`: it was started for a command alone, and ends when the last of them does.
 */
export const runSchema = z.object({
  id: z.uuid(),
  startedAt: instantSchema,
  endsAt: instantSchema.optional(),
  untilLastLease: z.boolean().optional(),
});
export type Run = z.infer<typeof runSchema>;

export const lastEndSchema = z.object({
  reason: endReasonSchema,
  at: instantSchema,
  message: z.string(),
});

/** What Stint itself keeps about a session, whatever its type. */
const kept = {
  sessionId: z.uuid(),
  status: sessionStatusSchema,
  /** When it was last started (UTC), or "" before the first start. */
  startDateTime: z.union([instantSchema, z.literal('')]),
  /** Seconds between renewals. */
  duration: z.number().min(0),
  createdAt: instantSchema,
  /** Counts every change; the ETag. */
  revision: z.int().min(1),
  run: runSchema.optional(),
  rotatedAt: instantSchema.optional(),
  renewAt: instantSchema.optional(),
  credentialsExpireAt: instantSchema.optional(),
  archivedAt: instantSchema.optional(),
  lastEnd: lastEndSchema.optional(),
  /** Since when its integration no longer offers it. */
  vanishedAt: instantSchema.optional(),
  /** The longest duration AWS granted after refusing the one requested, in seconds. */
  roleSecondsGranted: z.int().optional(),
  /** The effective fields of the run, kept once the session was edited during it. */
  runFields: z.record(z.string(), z.unknown()).optional(),
};

const keptOfAws = { ...kept, profileName: profileNameSchema };

/** A session in the workspace. Keys of newer versions are kept. */
export const sessionSchema = z.discriminatedUnion('type', [
  z.looseObject({ ...awsIamUserFieldsSchema.shape, ...keptOfAws }),
  z.looseObject({ ...awsIamRoleFederatedFieldsSchema.shape, ...keptOfAws }),
  z.looseObject({ ...awsIamRoleChainedFieldsSchema.shape, ...keptOfAws }),
  z.looseObject({ ...awsSsoRoleFieldsSchema.shape, ...keptOfAws }),
  z.looseObject({ ...azureFieldsSchema.shape, ...kept }),
]);

export type AwsIamUserSession = z.infer<typeof awsIamUserFieldsSchema> & KeptOfAws;
export type AwsIamRoleFederatedSession = z.infer<typeof awsIamRoleFederatedFieldsSchema> &
  KeptOfAws;
export type AwsIamRoleChainedSession = z.infer<typeof awsIamRoleChainedFieldsSchema> & KeptOfAws;
export type AwsSsoRoleSession = z.infer<typeof awsSsoRoleFieldsSchema> & KeptOfAws;
export type AzureSession = z.infer<typeof azureFieldsSchema> & Kept;
type Kept = z.infer<z.ZodObject<typeof kept>>;
type KeptOfAws = z.infer<z.ZodObject<typeof keptOfAws>>;

export type AwsSession =
  AwsIamUserSession | AwsIamRoleFederatedSession | AwsIamRoleChainedSession | AwsSsoRoleSession;
export type Session = AwsSession | AzureSession;

export function isAwsSession(session: Session): session is AwsSession {
  return session.type !== 'azure';
}

/** The fields a person sets, without what Stint keeps about the session. */
export function fieldsOf(session: Session): SessionFields {
  const names = fieldNames[session.type];
  const own = Object.entries(session).filter(([name]) => names.has(name));
  return Object.fromEntries(own) as SessionFields;
}

/** What a reader of a session can do with it: what its status and the reader's scopes allow. */
export const sessionActionSchema = z.enum(['start', 'stop', 'rotate', 'update', 'delete']);
export type SessionAction = z.infer<typeof sessionActionSchema>;

/** Names of the fields Stint keeps; a caller may send them back with PUT, but cannot change them. */
export const keptFieldNames: readonly string[] = [...Object.keys(kept), 'actions'];
