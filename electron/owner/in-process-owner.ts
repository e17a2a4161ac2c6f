import type { Agent } from '../../src/agent/agent.ts';
import { scopesOfRole, type Principal } from '../../src/models/scope.ts';
import { endingWith } from './ending-with.ts';
import type { OwnerConnection } from './owner-connection.ts';

/** The window's rights: every scope except the one for secrets. */
const windowPrincipal: Principal = {
  subject: 'window',
  role: 'window',
  scopes: new Set(scopesOfRole.window),
};

const ownerPrincipal: Principal = {
  subject: 'owner',
  role: 'owner',
  scopes: new Set(scopesOfRole.owner),
};

/** The connection if this process owns the workspace: it calls the HTTP app as a function. */
export function inProcessOwner(agent: Agent): OwnerConnection {
  const over = new AbortController();
  void agent.ended.then(() => {
    over.abort();
  });
  return {
    kind: 'owner',
    ended: agent.ended,
    fetch: async (request) => endingWith(over.signal, await agent.fetch(request, windowPrincipal)),
    fetchAsOwner: (request) => agent.fetch(request, ownerPrincipal),
    wake: () => {
      agent.wake();
    },
    quit: () => agent.end('as-set'),
  };
}
