import type { Agent } from '../../src/agent/agent.ts';
import { scopesOfRole, type Principal } from '../../src/models/scope.ts';
import { endingWith } from './ending-with.ts';
import type { OwnerConnection } from './owner-connection.ts';

/** The window's rights: every scope but that for the secrets themselves. */
const windowPrincipal: Principal = {
  subject: 'window',
  role: 'window',
  scopes: new Set(scopesOfRole.window),
};

/** This process owns the workspace: the HTTP app is called as a function. */
export function inProcessOwner(agent: Agent): OwnerConnection {
  const over = new AbortController();
  void agent.ended.then(() => {
    over.abort();
  });
  return {
    kind: 'owner',
    ended: agent.ended,
    fetch: async (request) => endingWith(over.signal, await agent.fetch(request, windowPrincipal)),
    wake: () => {
      agent.wake();
    },
    quit: () => agent.end('as-set'),
  };
}
