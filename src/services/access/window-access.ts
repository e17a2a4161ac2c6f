import { randomUUID } from 'node:crypto';
import { scopesOfRole, type Principal } from '../../models/scope.ts';
import { toInstant } from '../../models/time.ts';
import { windowProofText } from '../../models/window-proof.ts';
import type { Clock } from '../clock/clock.ts';
import type { AccessFile } from './access-file.ts';
import type { TokenGrant } from './client-token.ts';
import type { HomeKey } from './home-key.ts';
import { OneTimeCodes } from './one-time-codes.ts';
import type { StartTokens } from './start-tokens.ts';

/** What a browser window gets when it is let in. */
export interface WindowEntry {
  /** Its client token, which ends with this owner. */
  readonly token: string;
  readonly expiresAt: string;
  /** By which it recognises the next owner. */
  readonly publicKey: string;
  /** For a token from the next owner; missing while the list of tokens cannot be written. */
  readonly ticket?: string;
}

export interface WindowAccessParts {
  readonly clock: Pick<Clock, 'now'>;
  readonly homeKey: HomeKey;
  readonly tokens: StartTokens;
  readonly file: AccessFile;
  /** Notes in the history that a window was let in. */
  readonly note: (grant: TokenGrant) => void;
}

/** How long a window may stay, over all its owners, in seconds. */
const lifetime = 12 * 3600;

/**
 * How browser windows get in (docs/decisions/0029): with a one-time code; after a reload with the token
 * itself; at the next owner with a ticket, once that owner has proved itself.
 */
export class WindowAccess {
  readonly #parts: WindowAccessParts;
  readonly #codes: OneTimeCodes;

  constructor(parts: WindowAccessParts) {
    this.#parts = parts;
    this.#codes = new OneTimeCodes(parts.clock);
  }

  /** A code that lets one browser window in, once, within two minutes. */
  code(): string {
    return this.#codes.make();
  }

  /** Signed with the key pair of the home, for a window that knows its public key. */
  proof(challenge: { readonly port: number; readonly nonce: string }): string {
    return this.#parts.homeKey.sign(windowProofText(challenge));
  }

  /** Undefined for an invalid code. */
  async withCode(code: string): Promise<WindowEntry | undefined> {
    if (!this.#codes.use(code)) return undefined;
    return await this.#letIn(randomUUID(), this.#seconds() + lifetime);
  }

  /** Undefined for a ticket that has expired or was removed. Throws Problem 'file-unreadable'. */
  async withTicket(ticket: string): Promise<WindowEntry | undefined> {
    const found = this.#parts.file.read(({ tickets }) => tickets.find(ticket, this.#seconds()));
    return found && (await this.#letIn(found.windowId, found.expiresAt));
  }

  /** Another ticket for a window that was reloaded, and lost its own. Undefined for other principals. */
  withToken(token: string, { role, token: shown }: Principal): WindowEntry | undefined {
    if (role !== 'window' || shown?.endsWithOwner !== true) return undefined;
    return this.#entry(token, shown.tokenId, shown.expiresAt);
  }

  async #letIn(tokenId: string, expiresAt: number): Promise<WindowEntry> {
    const grant: TokenGrant = {
      tokenId,
      name: 'browser',
      role: 'window',
      scopes: scopesOfRole.window,
      issuedAt: this.#seconds(),
      expiresAt,
    };
    const token = await this.#parts.tokens.issue(grant);
    this.#parts.note(grant);
    return this.#entry(token, tokenId, expiresAt);
  }

  #entry(token: string, windowId: string, expiresAt: number): WindowEntry {
    const { homeKey, file } = this.#parts;
    const entry = {
      token,
      expiresAt: toInstant(expiresAt * 1000),
      publicKey: homeKey.publicKey,
    };
    try {
      return { ...entry, ticket: file.write(({ tickets }) => tickets.make(windowId, expiresAt)) };
    } catch {
      // The window then ends with this owner.
      return entry;
    }
  }

  #seconds(): number {
    return Math.floor(this.#parts.clock.now() / 1000);
  }
}
