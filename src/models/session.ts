import * as z from 'zod';
import { profileNameSchema } from './delivery.ts';
import { keyRotationSchema } from './access-key.ts';
import { endReasonSchema, sessionStatusSchema } from './lifecycle.ts';
import {
  awsIamRoleChainedFieldsSchema,
  awsIamRoleFederatedFieldsSchema,
  awsIamUserFieldsSchema,
  awsSsoRoleFieldsSchema,
  azureFieldsSchema,
  fieldNames,
  limitsSchema,
  type SessionFields,
} from './session-fields.ts';
import { instantSchema } from './time.ts';

/** Renewals of a run that failed one after the other. Instants are those of this machine's clock. */
export const renewalFailureSchema = z.object({
  message: z.string().describe('what the last one failed with'),
  failures: z.int().min(1).describe('how many failed in a row'),
  since: instantSchema,
  nextTryAt: instantSchema
    .optional()
    .describe('when Stint tries again; missing once a person declined'),
});

/**
 * What a run is counted by, in milliseconds of elapsed time: setting the machine's clock changes none of
 * it. The instants beside it, by the machine's clock, are for people.
 */
const runElapsedSchema = z.object({
  startedAt: z.number(),
  /** When it was first active. */
  activeAt: z.number().optional(),
  /** Of `expiredAt`. */
  expiredAt: z.number().optional(),
  /** By how much the clock of the service was ahead when its credentials were issued. */
  serviceAhead: z.number().optional(),
});

/**
 * One stretch of a session from start to stop. `endsAt`: when its limits end it by force.
 * `untilLastLease`: it was started for a command alone, and ends when the last of them does.
 */
const runSchema = z.object({
  id: z.uuid(),
  startedAt: instantSchema,
  endsAt: instantSchema.optional(),
  untilLastLease: z.boolean().optional(),
  replacesSection: z
    .boolean()
    .optional()
    .describe('it may put the profile section of the user aside'),
  expiredAt: instantSchema
    .optional()
    .describe('since when it is pending because its credentials expired before they were renewed'),
  renewalFailure: renewalFailureSchema
    .optional()
    .describe('why its credentials could not be renewed; missing once they were'),
  limits: limitsSchema
    .optional()
    .describe('fixed at its start, from the session and the settings; an extension changes them'),
  warnedAt: instantSchema.optional().describe('when Stint warned that it ends soon'),
  delivery: z.string().optional().describe('how it delivers, whatever the settings say meanwhile'),
  region: z
    .string()
    .optional()
    .describe('that the run works with; readers get it, whatever was edited'),
  profileName: z.string().optional().describe('under which the run delivers (AWS)'),
  endpointUrl: z.string().optional().describe('of the run, where it has its own (AWS)'),
  elapsed: runElapsedSchema.optional(),
});
export type Run = z.infer<typeof runSchema>;

/** A run as readers see it. */
export const runViewSchema = runSchema.omit({ elapsed: true });

export const lastEndSchema = z.object({
  reason: endReasonSchema,
  at: instantSchema,
  message: z.string(),
  next: z.string().optional().describe('what to do about a failure'),
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
  /**
   * Seconds by which the cloud's clock was ahead of this machine's at the last renewal; missing within
   * a minute. The instants of the run are the cloud's.
   */
  clockOffsetSeconds: z.int().optional(),
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

const keptOfIamUser = {
  ...keptOfAws,
  keyCreatedAt: instantSchema.optional().describe('when the access key was made, if Stint made it'),
  keyRotation: keyRotationSchema
    .optional()
    .describe('what a rotation of the access key left to do'),
};

/** A session in the workspace. Keys of newer versions are kept. */
export const sessionSchema = z.discriminatedUnion('type', [
  z.looseObject({ ...awsIamUserFieldsSchema.shape, ...keptOfIamUser }),
  z.looseObject({ ...awsIamRoleFederatedFieldsSchema.shape, ...keptOfAws }),
  z.looseObject({ ...awsIamRoleChainedFieldsSchema.shape, ...keptOfAws }),
  z.looseObject({ ...awsSsoRoleFieldsSchema.shape, ...keptOfAws }),
  z.looseObject({ ...azureFieldsSchema.shape, ...kept }),
]);

export type AwsIamUserSession = z.infer<typeof awsIamUserFieldsSchema> &
  z.infer<z.ZodObject<typeof keptOfIamUser>>;
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
export const sessionActionSchema = z.enum([
  'start',
  'stop',
  'rotate',
  'extend',
  'rotate-keys',
  'restore',
  'update',
  'delete',
]);
export type SessionAction = z.infer<typeof sessionActionSchema>;

/** Names of the fields Stint keeps; a caller may send them back with PUT, but cannot change them. */
export const keptFieldNames: readonly string[] = [
  ...Object.keys(kept),
  'keyCreatedAt',
  'keyRotation',
  'actions',
  'deliveryIsDefault',
];
