import * as z from 'zod';
import { httpsOrLoopbackUrlSchema } from './url.ts';

/** Signatures by a private key (RFC 7518 §3.1, RFC 8037, RFC 9864): nobody who can check one can make one. */
export const issuerAlgorithms = [
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'ES512',
  'EdDSA',
  'Ed25519',
] as const;

const text = z.string().min(1).max(256);

/** The role of a person or program whose token has `value` in the claim. */
const roleRuleSchema = z.discriminatedUnion('role', [
  // Not `window`: what a window makes ends with its owner, and an issuer's token does not.
  z.strictObject({ value: text, role: z.enum(['owner', 'operator', 'viewer']) }),
  z.strictObject({ value: text, role: z.literal('credentials'), sessionId: z.uuid() }),
]);

/** `issuer.json` in the home: an OpenID Connect issuer whose access tokens count as client tokens. */
export const trustedIssuerSchema = z.strictObject({
  /** As in the tokens and in the discovery document, to the letter. */
  issuer: httpsOrLoopbackUrlSchema,
  audience: text,
  /** The claim that decides about the role; as a list, the way to one inside others. */
  claim: z.union([text, z.array(text).min(1).max(8)]),
  /** The first that a token meets counts. */
  roles: z.array(roleRuleSchema).min(1).max(100),
  algorithms: z
    .array(z.enum(issuerAlgorithms))
    .min(1)
    .default([...issuerAlgorithms]),
  /** The token's `typ`: that of access tokens (RFC 9068 §2.1), or the general one that older issuers set. */
  tokenType: z.enum(['at+jwt', 'JWT']).default('at+jwt'),
  clockToleranceSeconds: z.int().min(0).max(60).default(30),
});
export type TrustedIssuer = Readonly<z.infer<typeof trustedIssuerSchema>>;

/** What the owner says about it. `problem`: why its tokens cannot be checked. */
export const trustedIssuerStateSchema = z
  .object({
    file: z.string(),
    issuer: z.string().optional().describe('missing while the file cannot be used'),
    audience: z.string().optional(),
    problem: z.object({ detail: z.string(), next: z.string() }).optional(),
  })
  .describe('the OpenID Connect issuer of `issuer.json`, if there is that file');
export type TrustedIssuerState = Readonly<z.infer<typeof trustedIssuerStateSchema>>;
