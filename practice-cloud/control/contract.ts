import * as z from 'zod';
import { parseRoleArn, partitions } from '../identity/arn.ts';

/*
 * The bodies and answers of the admin routes. `admin-client.ts` uses the same types; nothing here is
 * part of AWS.
 */

const accountId = z.string().regex(/^\d{12}$/, 'an account id has 12 digits');

/** IAM API Reference "CreateUser": UserName and Path. */
const newUser = z.strictObject({
  accountId,
  userName: z.string().regex(/^[\w+=,.@-]{1,64}$/),
  partition: z.enum(partitions).default('aws'),
  path: z
    .string()
    .regex(/^\/([!-~]+\/)?$/, 'a path begins and ends with a slash')
    .default('/'),
  /** Also gives the user a virtual MFA device named like the user. */
  mfa: z.boolean().default(false),
  /** The user's key, if it exists already; a new one if omitted. */
  accessKey: z
    .strictObject({
      accessKeyId: z.string().regex(/^AKIA[A-Z2-7]{16}$/),
      secretAccessKey: z.string().length(40),
    })
    .optional(),
});

/** IAM API Reference "CreateRole": MaxSessionDuration is 1 to 12 hours, 1 by default. */
const newRole = z.strictObject({
  roleArn: z.string().refine((arn) => parseRoleArn(arn) !== undefined, 'not the ARN of a role'),
  principals: z.array(z.string().min(1)).min(1),
  externalId: z.string().min(2).max(1224).optional(),
  mfaRequired: z.boolean().default(false),
  tagSession: z.boolean().default(true),
  setSourceIdentity: z.boolean().default(true),
  maxSessionSeconds: z.int().min(3600).max(43_200).default(3600),
});

const overrides = z.strictObject({
  /** Every answer of STS waits this long. */
  latencyMs: z.int().min(0).max(600_000),
  /** How many of the next requests are answered `Throttling`. */
  throttleNext: z.int().min(0),
  /** How many of the next requests fail with `failStatus`. */
  failNext: z.int().min(0),
  failStatus: z.union([z.literal(500), z.literal(503)]),
  /** Requests are accepted and never answered. */
  hang: z.boolean(),
  /** Connections are cut once the request is in. */
  dropConnections: z.boolean(),
  /** How far the practice cloud's clock is ahead of this machine's. */
  clockOffsetSeconds: z.int(),
  /**
   * Maximum lifetime of credentials, whatever was requested and allowed; `null` for none. The
   * request is still checked by STS's rules: real STS gives what it allows. For demo and tests.
   */
  grantedSeconds: z.int().min(1).nullable(),
  /**
   * How many minutes before and after now the signature of a request is taken; 15 at AWS. More where a test
   * sets the clock of the practice cloud and not that of the SDK.
   */
  signatureMinutes: z.int().min(1),
  /**
   * How many steps of 30 s before and after now the codes of MFA devices are taken; 1 at AWS. More spare
   * tests the wait for a fresh code, and give a slow machine the time to use it.
   */
  totpWindowSteps: z.int().min(1).max(20),
  /** Requests per second that the access portal answers; `null` for no limit. About 20 at AWS. */
  ssoRequestsPerSecond: z.int().min(1).nullable(),
  /** How long a key that IAM makes stays unknown to every service, in milliseconds. */
  newKeyDelayMs: z.int().min(0).max(600_000),
  /** IAM actions that the policies of every user deny, such as `UpdateAccessKey`. */
  iamDenies: z.array(z.string()),
  /** The policies of every user allow IAM actions only with `aws:MultiFactorAuthPresent`. */
  iamNeedsMfa: z.boolean(),
  /** IAM actions that are done, but whose answer gets lost. */
  iamLosesAnswers: z.array(z.string()),
  /** Regions whose Identity Center, behind the proxy, answers 503 to everything. */
  downRegions: z.array(z.string()),
  /** Lifetime of Entra's refresh tokens; `null` for their usual 90 days. */
  refreshTokenSeconds: z.int().min(1).nullable(),
  /** How often Entra lets clients poll for a device code; 5 at Entra. */
  deviceIntervalSeconds: z.int().min(1).max(60),
  /** `Retry-After` of Entra and Resource Manager where they throttle. */
  retryAfterSeconds: z.int().min(0).max(600),
  /** Entries on a page of Resource Manager's lists. */
  resourceManagerPageSize: z.int().min(1).max(1000),
});

export type Overrides = Readonly<z.infer<typeof overrides>>;

export const bodies = {
  createUser: newUser,
  named: z.strictObject({ arn: z.string() }),
  createKey: z.strictObject({ userArn: z.string() }),
  accessKey: z.strictObject({ accessKeyId: z.string() }),
  keyStatus: z.strictObject({ accessKeyId: z.string(), status: z.enum(['Active', 'Inactive']) }),
  createMfaDevice: z.strictObject({
    userArn: z.string(),
    name: z.string().regex(/^[\w+=,.@-]{1,226}$/),
  }),
  serial: z.strictObject({ serial: z.string() }),
  createRole: newRole,
  overrides: overrides.partial(),
};

export type NewUser = Readonly<z.input<typeof newUser>>;
export type NewRole = Readonly<z.input<typeof newRole>>;

export interface CreatedKey {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

export interface CreatedUser extends CreatedKey {
  readonly arn: string;
  readonly userId: string;
  readonly mfaSerial?: string;
  /** Base 32. */
  readonly mfaSeed?: string;
}

export interface CreatedMfaDevice {
  readonly serial: string;
  /** Base 32. */
  readonly seed: string;
}

export interface CreatedRole {
  readonly arn: string;
  readonly roleId: string;
}

/** One request that reached a service. Never a secret, a token or a code. */
export interface Call {
  /** By the practice cloud's clock, ISO 8601. */
  readonly time: string;
  readonly action: string;
  /** ARN of who signed, name of whose token it was; omitted when it was not accepted. */
  readonly principal?: string | undefined;
  readonly accessKeyId?: string | undefined;
  /** As requested. */
  readonly durationSeconds?: string | undefined;
  readonly roleArn?: string | undefined;
  readonly roleSessionName?: string | undefined;
  /** Session policies, as requested. */
  readonly policy?: string | undefined;
  readonly policyArns?: readonly string[] | undefined;
  readonly serialNumber?: string | undefined;
  /** Azure: the tenant named in the path, or by the token. */
  readonly tenant?: string | undefined;
  readonly clientId?: string | undefined;
  readonly scope?: string | undefined;
  /** Code of the refusal; omitted on success. */
  readonly error?: string | undefined;
}
