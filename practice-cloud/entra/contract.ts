import * as z from 'zod';
import { cloudNames, resourceNames } from './clouds.ts';

/** The bodies and answers of the admin routes of Entra ID; nothing here is part of Azure. */

const guid = z.guid();
const tenant = z.string().min(1);
/** "Azure AD user management: user principal names". */
const userName = z.string().regex(/^[\w.!#^~'+-]{1,64}@[\w.-]{1,48}$/, 'not a user principal name');

const newTenant = z.strictObject({
  domain: z.string().regex(/^[a-z0-9-]+(\.[a-z0-9-]+)+$/i, 'not a domain'),
  displayName: z.string().min(1).optional(),
  tenantId: guid.optional(),
  cloud: z.enum(cloudNames).default('AzureCloud'),
});

const newUser = z.strictObject({
  tenant,
  userName,
  displayName: z.string().min(1).optional(),
  /** `registered` has a device for codes, `required` is asked for one at each sign-in. */
  mfa: z.enum(['none', 'registered', 'required']).default('none'),
});

const newApplication = z.strictObject({
  tenant,
  name: z.string().min(1),
  clientId: guid.optional(),
  /** A public client has no secret: desktop and command-line programs. */
  isPublic: z.boolean().default(false),
  isMultiTenant: z.boolean().default(false),
  redirectUris: z.array(z.url()).default(['http://localhost']),
  /** An administrator of its tenant has consented for everybody. */
  consented: z.boolean().default(true),
});

const person = z.strictObject({
  userName,
  /** Whether a code was given as well; by default where the user has a device. */
  mfa: z.boolean().optional(),
});

export const bodies = {
  newTenant,
  newUser,
  newApplication,
  tenant: z.strictObject({ tenant }),
  guest: z.strictObject({ tenant, userName }),
  user: z.strictObject({ userName }),
  newSecret: z.strictObject({
    clientId: guid,
    validSeconds: z
      .int()
      .min(1)
      .default(180 * 86_400),
  }),
  newCertificate: z.strictObject({
    clientId: guid,
    certificate: z.string().startsWith('-----BEGIN CERTIFICATE-----'),
  }),
  consent: z.strictObject({ clientId: guid, tenant }),
  policy: z.strictObject({
    tenant,
    resource: z.enum(resourceNames),
    requirement: z.enum(['mfa', 'block']).nullable(),
  }),
  confirmDevice: person.extend({ userCode: z.string() }),
  declineDevice: z.strictObject({ userCode: z.string() }),
  authorize: person.extend({
    url: z.url(),
    /** What the person answers where consent is asked for. */
    consent: z.enum(['accept', 'decline']).default('accept'),
  }),
};

export type NewTenant = Readonly<z.input<typeof newTenant>>;
export type NewEntraUser = Readonly<z.input<typeof newUser>>;
export type NewApplication = Readonly<z.input<typeof newApplication>>;
export type NewClientSecret = Readonly<z.input<(typeof bodies)['newSecret']>>;
export type NewClientCertificate = Readonly<z.input<(typeof bodies)['newCertificate']>>;
export type ConditionalAccess = Readonly<z.input<(typeof bodies)['policy']>>;
export type DeviceConfirmation = Readonly<z.input<(typeof bodies)['confirmDevice']>>;
export type EntraAuthorize = Readonly<z.input<(typeof bodies)['authorize']>>;

export interface CreatedTenant {
  readonly tenantId: string;
  readonly domain: string;
}

export interface CreatedEntraUser {
  readonly userName: string;
  /** In their own tenant. */
  readonly objectId: string;
  readonly password: string;
  /** Base 32; only with a device for codes. */
  readonly mfaSeed?: string;
}

export interface CreatedApplication {
  readonly clientId: string;
  /** Of the service principal in its own tenant. */
  readonly objectId: string;
}
