import * as z from 'zod';
import { line } from './line.ts';
import { httpsOrLoopbackUrlSchema } from './url.ts';

const fields = {
  name: line(128),
  /** Where the sign-in begins; https, except on loopback. */
  url: httpsOrLoopbackUrlSchema,
};

/** What a person says about an identity provider. */
export const identityProviderFieldsSchema = z.strictObject(fields);
export type IdentityProviderFields = z.infer<typeof identityProviderFieldsSchema>;

/** A SAML identity provider that federated sessions sign in at (DESIGN §3). */
export const identityProviderSchema = z.strictObject({ idpId: z.uuid(), ...fields });
export type IdentityProvider = z.infer<typeof identityProviderSchema>;
