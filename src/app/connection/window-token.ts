import { z } from 'zod';

const storageKey = 'stint.window-token';
const handshakeSchema = z.object({ token: z.string() });

/** The page has no access token. */
export class NoWindowToken extends Error {
  override readonly name = 'NoWindowToken';
}

/** Whether the page runs in the desktop app, which needs no token. Its preload script sets this. */
export const isDesktop = 'stintDesktop' in globalThis;

/**
 * The page's access token: in exchange for the one-time code in its address, which is removed at
 * once, or the one stored for a reload. Undefined in the desktop app. Throws NoWindowToken if there
 * is neither.
 */
export async function takeWindowToken(): Promise<string | undefined> {
  if (isDesktop) return undefined;
  const code = new URLSearchParams(location.hash.slice(1)).get('code');
  if (code !== null) {
    history.replaceState(null, '', location.pathname);
    const answer = await fetch('/v1/handshake', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ code }),
    });
    if (answer.ok) {
      const { token } = handshakeSchema.parse(await answer.json());
      sessionStorage.setItem(storageKey, token);
      return token;
    }
  }
  const token = sessionStorage.getItem(storageKey);
  if (token === null) throw new NoWindowToken();
  return token;
}

/** After the owner refused the token. */
export function dropWindowToken(): void {
  sessionStorage.removeItem(storageKey);
}
