import type { Actor } from '../models/history.ts';
import type { Principal } from '../models/scope.ts';
import type { Connection } from './context.ts';

const ways = { socket: 'socket', tcp: 'port', 'in-process': 'desktop-app' } as const;

/** Who sent a request and by which way, for the history. */
export function actorFrom(
  { subject, role, token }: Principal,
  { kind }: Connection,
): { readonly subject: string } & Actor {
  return {
    subject,
    role,
    ...(token === undefined ? {} : { tokenId: token.tokenId }),
    ...(token?.issuer === undefined ? {} : { issuer: token.issuer }),
    via: ways[kind],
  };
}
