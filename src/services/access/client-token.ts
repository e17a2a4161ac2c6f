import { errors, jwtVerify, SignJWT } from 'jose';
import * as z from 'zod';
import { roleSchema, scopes, type Principal, type Role, type Scope } from '../../models/scope.ts';

/*
 * Client tokens: JSON Web Tokens (RFC 7519) after the best practices of RFC 8725. One algorithm
 * (§3.1), an explicit type (§3.11), issuer and audience checked (§3.8, §3.9), and exp and jti
 * required.
 */

const algorithm = 'HS256';
const type = 'stint+jwt';
const issuer = 'stint';
const audience = 'stint-agent';

/** One of the keys in the vault, which change with time. Homes of the first Stint have one, `client`. */
export const clientKeyIdSchema = z.union([
  z.literal('client'),
  z.templateLiteral(['client-', z.uuid()]),
]);
export type ClientKeyId = z.infer<typeof clientKeyIdSchema>;

/**
 * Which key signed: one of the clients'; or one made at the owner's start, for its own token (`owner`)
 * and for those of windows (`start`).
 */
export type KeyId = ClientKeyId | 'owner' | 'start';

export interface TokenGrant {
  readonly tokenId: string;
  /** The subject. */
  readonly name: string;
  readonly role: Role;
  readonly scopes: readonly Scope[];
  readonly sessionId?: string | undefined;
  /** The token that it was made with, if that was a client token. */
  readonly makerId?: string | undefined;
  /** Seconds since the epoch. */
  readonly issuedAt: number;
  readonly expiresAt: number;
}

const headerSchema = z.object({
  alg: z.literal(algorithm),
  typ: z.literal(type),
  kid: z.union([z.enum(['owner', 'start']), clientKeyIdSchema]),
});

const claimsSchema = z.object({
  sub: z.string().min(1),
  scope: z.string(),
  role: roleSchema,
  session: z.string().optional(),
  exp: z.number(),
  jti: z.string().min(1),
});

export async function signToken(grant: TokenGrant, kid: KeyId, key: Uint8Array): Promise<string> {
  const session = grant.sessionId === undefined ? {} : { session: grant.sessionId };
  return new SignJWT({ scope: grant.scopes.join(' '), role: grant.role, ...session })
    .setProtectedHeader({ alg: algorithm, typ: type, kid })
    .setIssuer(issuer)
    .setAudience(audience)
    .setSubject(grant.name)
    .setIssuedAt(grant.issuedAt)
    .setExpirationTime(grant.expiresAt)
    .setJti(grant.tokenId)
    .sign(key);
}

/** What a token claims, unverified: only to find its key and its record. */
export interface UnprovenToken {
  readonly kid: KeyId;
  readonly tokenId: string;
}

export function readUnproven(token: string): UnprovenToken | undefined {
  const [header, claims, signature, ...rest] = token.split('.');
  if (header === undefined || claims === undefined || !signature || rest.length > 0) {
    return undefined;
  }
  const head = headerSchema.safeParse(decoded(header));
  const body = claimsSchema.safeParse(decoded(claims));
  if (!head.success || !body.success) return undefined;
  return { kid: head.data.kid, tokenId: body.data.jti };
}

/** The principal of `token`; undefined if it is not valid at `now` (milliseconds). */
export async function verifyToken(
  token: string,
  key: Uint8Array,
  now: number,
): Promise<Principal | undefined> {
  try {
    const { payload, protectedHeader } = await jwtVerify(token, key, {
      algorithms: [algorithm],
      typ: type,
      issuer,
      audience,
      requiredClaims: ['exp', 'iat', 'jti', 'sub'],
      currentDate: new Date(now),
    });
    const claims = claimsSchema.parse(payload);
    const granted = new Set(claims.scope.split(' '));
    return {
      subject: claims.sub,
      role: claims.role,
      scopes: new Set(scopes.filter((scope) => granted.has(scope))),
      ...(claims.session === undefined ? {} : { sessionId: claims.session }),
      token: {
        tokenId: claims.jti,
        expiresAt: claims.exp,
        endsWithOwner: !clientKeyIdSchema.safeParse(protectedHeader.kid).success,
      },
    };
  } catch (error) {
    if (error instanceof errors.JOSEError || error instanceof z.ZodError) return undefined;
    throw error;
  }
}

function decoded(part: string): unknown {
  try {
    return JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));
  } catch {
    return undefined;
  }
}
