import { z } from 'zod';

const kept = 'stint.pass';
const passSchema = z.object({ token: z.string() });

/** Why the page may not talk to the owner. */
export class NoWindowToken extends Error {
  override readonly name = 'NoWindowToken';
}

/** The page is the desktop app's own, as its preload says: its host knows it without a token. */
export const isDesktop = 'stintDesktop' in globalThis;

/**
 * The token this page goes in with: for the one-time code in its address, which is taken out of it
 * at once, or the one kept for a reload. Throws NoWindowToken where there is neither.
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
      const { token } = passSchema.parse(await answer.json());
      sessionStorage.setItem(kept, token);
      return token;
    }
  }
  const token = sessionStorage.getItem(kept);
  if (token === null) throw new NoWindowToken();
  return token;
}

/** The owner does not take it any more. */
export function dropWindowToken(): void {
  sessionStorage.removeItem(kept);
}
