import { makeNonce, recognises } from './recognise-owner.ts';
import { textsIn } from './texts-in.ts';

/**
 * What a reload keeps. Another program that takes the port can read it from its own page there, so it
 * opens nothing once its owner has ended.
 */
const storageKeys = { token: 'stint.window-token', publicKey: 'stint.window-key' } as const;

interface Entry {
  readonly token: string;
  readonly publicKey: string;
  readonly ticket?: string;
}

/** The page has no access token. */
export class NoWindowToken extends Error {
  override readonly name: string = 'NoWindowToken';
}

/** Something else than Stint answers at the page's address. */
export class StrangerAnswers extends NoWindowToken {
  override readonly name = 'StrangerAnswers';
}

/** Whether the page runs in the desktop app, which needs no token. Its preload script sets this. */
export const isDesktop = 'stintDesktop' in globalThis;

/** The page's access to its owner, and to the owners after that one (docs/decisions/0029). */
export class WindowAccess {
  /** Of this page alone: the ticket is nowhere else. */
  #entry: Entry | undefined;

  /**
   * The access token: in exchange for the one-time code in the page's address, which is removed at
   * once; after a reload the stored one; after a break one from the owner that answers by then, which
   * has to prove itself first. Undefined in the desktop app. Throws NoWindowToken, StrangerAnswers,
   * and what `fetch` throws where nobody answers.
   */
  async enter(): Promise<string | undefined> {
    if (isDesktop) return undefined;
    const code = new URLSearchParams(location.hash.slice(1)).get('code');
    if (code !== null) {
      history.replaceState(null, '', location.pathname + location.search);
      const entry = await letIn({ code });
      if (entry !== undefined) return this.#keep(entry);
    }
    const known = this.#entry ?? stored();
    if (known === undefined) throw new NoWindowToken();
    await requireOwner(known.publicKey);
    const { ticket, token } = known;
    const entry = await letIn(ticket === undefined ? { token } : { ticket });
    if (entry === undefined) throw new NoWindowToken();
    return this.#keep(entry);
  }

  /** After the owner refused the token. */
  leave(): void {
    this.#entry = undefined;
    for (const key of Object.values(storageKeys)) sessionStorage.removeItem(key);
  }

  #keep(entry: Entry): string {
    this.#entry = entry;
    sessionStorage.setItem(storageKeys.token, entry.token);
    sessionStorage.setItem(storageKeys.publicKey, entry.publicKey);
    return entry.token;
  }
}

function stored(): Entry | undefined {
  const [token, publicKey] = [storageKeys.token, storageKeys.publicKey].map((key) =>
    sessionStorage.getItem(key),
  );
  return token == null || publicKey == null ? undefined : { token, publicKey };
}

/** Undefined where the owner refuses. */
async function letIn(
  shown: { readonly code: string } | { readonly ticket: string } | { readonly token: string },
): Promise<Entry | undefined> {
  const answer = await shakeHands(shown);
  if (answer.ok) return entryIn(await answer.json());
  if (answer.status >= 500) throw new Error(`The owner answered ${answer.status}.`);
  return undefined;
}

function entryIn(answer: unknown): Entry {
  const entry = textsIn(answer, ['token', 'publicKey']);
  if (entry === undefined) throw new Error('The owner gave no access token.');
  return { ...entry, ...textsIn(answer, ['ticket']) };
}

/** Throws StrangerAnswers where what answers cannot prove that it has the key pair of the home. */
async function requireOwner(publicKey: string): Promise<void> {
  const nonce = makeNonce();
  const answer = await shakeHands({ nonce });
  // An owner that is ending answers so; nothing secret was sent.
  if (answer.status >= 500) throw new Error(`Not ready: ${answer.status}.`);
  const said: unknown = await answer.json().catch(() => undefined);
  const port = Number(location.port === '' ? '80' : location.port);
  if (!(await recognises(publicKey, { port, nonce }, said))) throw new StrangerAnswers();
}

async function shakeHands(body: object): Promise<Response> {
  return await fetch('/v1/handshake', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
}
