import { scopesOfRole } from '../../models/scope.ts';
import type { TokenInfo } from '../../models/token.ts';

/** What a token's scopes allow, in words; the session it is bound to is said beside it. */
const words: Readonly<Record<TokenInfo['scopes'][number], string>> = {
  'sessions:create': 'add sessions',
  'sessions:read': 'list sessions',
  'sessions:update': 'change sessions',
  'sessions:delete': 'remove sessions',
  'sessions:start': 'start',
  'sessions:stop': 'stop',
  'sessions:rotate': 'renew',
  'credentials:read': 'read credentials',
  'integrations:read': 'list integrations',
  'integrations:manage': 'manage integrations',
  'settings:read': 'read settings',
  'settings:update': 'change settings',
  'prompts:answer': 'answer questions',
  'history:read': 'read history',
  'tokens:manage': 'manage tokens',
  'metrics:read': 'read metrics',
  'owner:manage': 'end Stint',
};

const roles: Readonly<Record<TokenInfo['role'], string>> = {
  owner: 'Everything',
  operator: 'Manage and start sessions, read credentials',
  viewer: 'Look at everything, change nothing',
  window: 'Everything but reading credentials',
  credentials: 'Read credentials',
};

/** What a token allows, by its role where it has all of that role's scopes. */
export function mayText({ role, scopes }: Pick<TokenInfo, 'role' | 'scopes'>): string {
  const isWhole = scopesOfRole[role].every((scope) => scopes.includes(scope));
  return isWhole && scopes.length === scopesOfRole[role].length ? roles[role] : scopesText(scopes);
}

/** The scopes in words, such as `Start, stop, read credentials`; the mightiest of many first. */
function scopesText(scopes: TokenInfo['scopes']): string {
  if (scopes.length === 0) return 'Nothing';
  const all = scopes.map((scope) => words[scope]);
  const shown = all.length > 4 ? [...all.slice(0, 4), `${all.length - 4} more`] : all;
  const text = shown.join(', ');
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** Whether a token can be used. `now`: milliseconds since the epoch. */
export function isValid({ expiresAt, revokedAt }: TokenInfo, now: number): boolean {
  return revokedAt === undefined && Date.parse(expiresAt) > now;
}

/** A token that ends within a day is worth a look. */
export function expiresSoon({ expiresAt }: TokenInfo, now: number): boolean {
  return Date.parse(expiresAt) - now < 24 * 3_600_000;
}
