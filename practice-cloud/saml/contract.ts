import * as z from 'zod';
import { parseRoleArn, partitions } from '../identity/arn.ts';

/*
 * The bodies and answers of the admin routes of the identity providers; nothing here is part of AWS.
 */

/** IAM API Reference "CreateSAMLProvider": Name. */
const newSamlProvider = z.strictObject({
  /** One of a name that is there already is registered in one more account; its settings stay. */
  name: z.string().regex(/^[\w.-]{1,128}$/),
  accountId: z.string().regex(/^\d{12}$/, 'an account id has 12 digits'),
  partition: z.enum(partitions).default('aws'),
  mfa: z.boolean().default(false),
  cookie: z.enum(['persistent', 'session', 'none']).default('persistent'),
  /** AWS's endpoint for the responses; the partition's global one by default. */
  signInUrl: z.url().optional(),
});

/** A provider that runs elsewhere, as IAM takes it: SAMLMetadataDocument. */
const samlRegistration = newSamlProvider
  .pick({ name: true, accountId: true, partition: true })
  .extend({ metadata: z.string() });

const sessionName = z.string().regex(/^[\w+=,.@-]{2,64}$/);

const newSamlUser = z.strictObject({
  idpArn: z.string(),
  userName: z.string().regex(/^[\w+=,.@-]{2,64}$/),
  roles: z
    .array(z.string().refine((arn) => parseRoleArn(arn) !== undefined, 'not the ARN of a role'))
    .min(1),
  /** The user name by default. */
  roleSessionName: sessionName.optional(),
  /** Not checked: STS is to refuse a wrong one. */
  sourceIdentity: z.string().optional(),
  tags: z.record(z.string(), z.string()).default({}),
  /** For the console only, as at AWS. */
  sessionDuration: z.int().min(900).max(43_200).optional(),
});

const samlUserName = z.strictObject({ idpArn: z.string(), userName: z.string() });

const samlResponseRequest = samlUserName.extend({
  audience: z.string().optional(),
  recipient: z.string().optional(),
  issuer: z.string().optional(),
  issuedSecondsAgo: z.number().optional(),
  validSeconds: z.number().optional(),
  sessionSeconds: z.number().optional(),
  roleSessionName: z.string().nullable().optional(),
  succeeded: z.boolean().optional(),
  roleValues: z.array(z.string()).optional(),
  /** What an attacker, or a broken program, does to it: see tamper.ts. */
  tamper: z
    .enum(['value', 'unsigned', 'second-assertion', 'wrapped', 'not-xml', 'doctype'])
    .optional(),
});

export const samlBodies = {
  createProvider: newSamlProvider,
  register: samlRegistration,
  createUser: newSamlUser,
  code: samlUserName,
  response: samlResponseRequest,
  endCookies: z.strictObject({ idpArn: z.string() }),
};

export type NewSamlProvider = Readonly<z.input<typeof newSamlProvider>>;
export type SamlRegistration = Readonly<z.input<typeof samlRegistration>>;
export type NewSamlUser = Readonly<z.input<typeof newSamlUser>>;
export type SamlUserName = Readonly<z.input<typeof samlUserName>>;
export type SamlResponseRequest = Readonly<z.input<typeof samlResponseRequest>>;

export interface CreatedSamlProvider {
  readonly idpArn: string;
  /** Where a sign-in begins. */
  readonly url: string;
}

export interface CreatedSamlUser {
  readonly password: string;
  /** Base 32; only where the provider asks for codes. */
  readonly mfaSeed?: string;
}
