import * as z from 'zod';

export const scopes = [
  'sessions:create',
  'sessions:read',
  'sessions:update',
  'sessions:delete',
  'sessions:start',
  'sessions:stop',
  'sessions:rotate',
  'credentials:read',
  'integrations:read',
  'integrations:manage',
  'settings:read',
  'settings:update',
  'prompts:answer',
  'history:read',
  'tokens:manage',
  'metrics:read',
  'owner:manage',
] as const;
export const scopeSchema = z.enum(scopes);
export type Scope = z.infer<typeof scopeSchema>;

export const roleSchema = z.enum(['owner', 'operator', 'viewer', 'window', 'credentials']);
export type Role = z.infer<typeof roleSchema>;

const reading = [
  'sessions:read',
  'integrations:read',
  'settings:read',
  'history:read',
  'metrics:read',
] as const;

/** What each role may do (DESIGN §7). The window holds everything but the secrets themselves. */
export const scopesOfRole: Readonly<Record<Role, readonly Scope[]>> = {
  owner: scopes,
  operator: [
    ...reading,
    'sessions:create',
    'sessions:update',
    'sessions:delete',
    'sessions:start',
    'sessions:stop',
    'sessions:rotate',
    'credentials:read',
    'integrations:manage',
    'prompts:answer',
  ],
  viewer: reading,
  window: scopes.filter((scope) => scope !== 'credentials:read'),
  credentials: ['credentials:read', 'sessions:read'],
};

/** Who is asking. `sessionId` binds a `credentials` token to one session: it sees no other. */
export interface Principal {
  /** For history and log: `owner`, `window`, the client token's name, or `NAME at ISSUER`. */
  readonly subject: string;
  readonly role: Role;
  readonly scopes: ReadonlySet<Scope>;
  readonly sessionId?: string | undefined;
  /** The client token it shows; undefined for the owner, and for the desktop app's window. */
  readonly token?:
    | {
        readonly tokenId: string;
        /** Seconds since the epoch. */
        readonly expiresAt: number;
        /** It was signed with a key that only this owner has. */
        readonly endsWithOwner: boolean;
        /** Who signed it, if not this Stint: the trusted issuer. */
        readonly issuer?: string;
      }
    | undefined;
}
