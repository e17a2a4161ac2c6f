import { Problem } from '../../src/models/problem.ts';
import type { Runtime } from '../runtime.ts';

type Fetch = (request: Request) => Promise<Response>;

/**
 * `fetch` that unlocks the vault only once the system has confirmed who sits there: a key in the keychain
 * asks for nothing else. Where the system has no such means, and for a passphrase, nothing is added.
 */
export function authenticatedFetch(
  fetch: Fetch,
  systemPreferences: Runtime['systemPreferences'],
  platform: NodeJS.Platform,
): Fetch {
  return async (request) => {
    if (!isUnlock(request) || (await hasPassphrase(request))) return await fetch(request);
    // Both exist on macOS alone.
    if (platform !== 'darwin' || !systemPreferences.canPromptTouchID()) return await fetch(request);
    try {
      await systemPreferences.promptTouchID('unlock your cloud credentials');
    } catch {
      return refusal();
    }
    return await fetch(request);
  };
}

/** By the path that the router sees: one can be spelled in many ways. */
function isUnlock({ method, url }: Request): boolean {
  if (method !== 'POST') return false;
  try {
    return decodeURIComponent(new URL(url).pathname).replaceAll(/\/+/g, '/') === '/v1/unlock';
  } catch {
    return false;
  }
}

async function hasPassphrase(request: Request): Promise<boolean> {
  const body: unknown = await request
    .clone()
    .json()
    .catch(() => undefined);
  return typeof body === 'object' && body !== null && 'passphrase' in body;
}

function refusal(): Response {
  const problem = new Problem('vault-locked', {
    detail: 'Touch ID did not confirm that it is you, so the vault stays locked.',
    next: 'Try again, or run `stint unlock` at the terminal.',
  });
  return Response.json(problem.toDocument(), {
    status: problem.status,
    headers: { 'content-type': 'application/problem+json' },
  });
}
