import { z } from 'zod';
import { isLoopback } from './loopback.ts';

/** A SAML identity provider that federated sessions sign in at (DESIGN §3). */
export const identityProviderSchema = z.strictObject({
  idpId: z.uuid(),
  name: z.string().trim().min(1).max(128),
  /** Where the sign-in begins; https, except on loopback. */
  url: z
    .url({ protocol: /^https?$/ })
    .refine((url) => url.startsWith('https:') || isLoopback(url), 'must be https'),
});
export type IdentityProvider = z.infer<typeof identityProviderSchema>;
