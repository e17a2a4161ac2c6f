import { readFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { probeOwner } from '../../src/agent/owner-probe.ts';
import { issuedTokenSchema } from '../../src/models/token.ts';
import { endingWith } from './ending-with.ts';
import type { OwnerConnection, ConnectionEnd } from './owner-connection.ts';
import { socketFetch } from './socket-fetch.ts';

/** Time between two checks whether the owner is still there, in milliseconds. */
const checkInterval = 2000;

/** How long the window's token is valid, in seconds; a refused one is replaced. */
const tokenLifetime = 24 * 60 * 60;

/**
 * The connection if a newer owner has the workspace: requests go to its socket with a client token of
 * the role `window`, so that the window has the same rights as in the owner itself.
 */
export function remoteOwner(owner: {
  readonly socketPath: string;
  readonly tokenFile: string;
}): OwnerConnection {
  const { socketPath, tokenFile } = owner;
  const { promise: ended, resolve: end } = Promise.withResolvers<ConnectionEnd>();
  const over = new AbortController();
  void ended.then(() => {
    over.abort();
  });
  let token: Promise<string> | undefined;
  void watchOwner();

  return {
    kind: 'client',
    ended,
    async fetch(request) {
      const again = request.clone();
      let answer = await send(request);
      if (answer.status === 401) {
        token = undefined;
        answer = await send(again);
      }
      return endingWith(over.signal, answer);
    },
    fetchAsOwner: async (request) => await socketFetch(socketPath, await ownerToken(), request),
    wake: () => undefined,
    quit() {
      end('handed-over');
      return Promise.resolve();
    },
  };

  async function send(request: Request): Promise<Response> {
    // The page itself needs no token, and shows even if the owner issues none.
    const isApi = new URL(request.url).pathname.startsWith('/v1/');
    if (!isApi) return await socketFetch(socketPath, undefined, request);
    try {
      token ??= askForToken();
      return await socketFetch(socketPath, await token, request);
    } catch (error) {
      token = undefined;
      if (error instanceof RefusedToken) return error.answer();
      throw error;
    }
  }

  async function ownerToken(): Promise<string> {
    return (await readFile(tokenFile, 'utf8')).trim();
  }

  async function askForToken(): Promise<string> {
    const answer = await socketFetch(
      socketPath,
      await ownerToken(),
      new Request('stint://app/v1/tokens', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ name: 'desktop window', role: 'window', expires_in: tokenLifetime }),
      }),
    );
    if (!answer.ok) throw new RefusedToken(answer, await answer.text());
    return issuedTokenSchema.parse(await answer.json()).token;
  }

  async function watchOwner(): Promise<void> {
    while (!over.signal.aborted) {
      const found = await probeOwner(socketPath).catch(() => undefined);
      if (found === undefined) end('handed-over');
      else await pause(checkInterval, undefined, { signal: over.signal }).catch(() => undefined);
    }
  }
}

/** The owner issued no token and says why (its vault is locked); the window shows that. */
class RefusedToken extends Error {
  readonly #refusal: Response;
  readonly #text: string;

  constructor(refusal: Response, text: string) {
    super(`the owner issued no token: ${refusal.status}`);
    this.#refusal = refusal;
    this.#text = text;
  }

  /** A new Response for each request that waited for the token. */
  answer(): Response {
    const { status, headers } = this.#refusal;
    return new Response(this.#text, { status, headers });
  }
}
