import { randomBytes, randomUUID } from 'node:crypto';
import { Problem } from '../../models/problem.ts';
import type { Principal } from '../../models/scope.ts';
import { toInstant } from '../../models/time.ts';
import type { TokenInfo } from '../../models/token.ts';
import type { Clock } from '../clock/clock.ts';
import { Mutex } from '../concurrency/mutex.ts';
import type { History } from '../history/history.ts';
import type { SecretStore } from '../vault/secret-store.ts';
import { DatabaseUnusable } from '../files/private-database.ts';
import { readUnproven, signToken, verifyToken } from './client-token.ts';
import { grantFor, type TokenRequest } from './grant.ts';
import { OneTimeCodes } from './one-time-codes.ts';
import { createOwnerToken, type OwnerToken, type WindowToken } from './owner-token.ts';
import { TokenRecords } from './token-records.ts';

export type { TokenRequest };

/** Who may do what: the owner's token and the client tokens made with it. */
export interface Access {
  ownerToken(): string;
  /** A code that lets one browser window in, once, within two minutes. */
  windowCode(): string;
  /** The access token of a window, for its code; undefined for an invalid code. */
  redeemWindowCode(code: string): Promise<WindowToken | undefined>;
  /** Undefined for anything but a valid token. Throws the vault's Problem only for one that needs it. */
  verify(token: string): Promise<Principal | undefined>;
  /** Throws Problem 'invalid-request', 'scope-missing', 'file-unwritable' and those of the vault. */
  issue(maker: Principal, request: TokenRequest): Promise<IssuedToken>;
  /** Newest first. Throws Problem 'file-unreadable'. */
  list(): readonly TokenInfo[];
  /** False if there is no such valid token. Throws Problem 'file-unwritable'. */
  revoke(tokenId: string, by?: Principal): boolean;
  /** Revokes every client token at once. Throws Problem 'file-unwritable' and those of the vault. */
  resetKey(by?: Principal): Promise<void>;
  /** Messages for the user about the file. */
  notices(): readonly string[];
  /** Removes the owner's token file. */
  close(): void;
}

export interface IssuedToken {
  readonly tokenId: string;
  /** Shown only once. */
  readonly token: string;
  readonly expiresAt: string;
}

export interface AccessOptions {
  readonly dbFile: string;
  readonly tokenFile: string;
  readonly secrets: SecretStore;
  readonly clock: Clock;
  readonly history?: Pick<History, 'append'>;
}

/**
 * A client token like any other, so that the window outlives this owner. With the vault locked it
 * gets one that is valid as long as this owner, since the window can unlock the vault.
 */
const windowRequest = { name: 'browser', role: 'window', expiresInSeconds: 12 * 3600 } as const;

const keyName = 'access/signing-key';
const keyBytes = 32;

/** Throws Problem 'file-unwritable' if the owner's token cannot be written. */
export async function openAccess(options: AccessOptions): Promise<Access> {
  return new TokenAccess(options, await createOwnerToken(options.tokenFile, options.clock.now()));
}

class TokenAccess implements Access {
  readonly #options: AccessOptions;
  readonly #owner: OwnerToken;
  readonly #windowCodes: OneTimeCodes;
  readonly #notices: string[] = [];
  #records: TokenRecords | undefined;
  #closed = false;
  /** Issuing and resetting run one after the other: no token is signed with an old key. */
  readonly #keyUse = new Mutex();

  constructor(options: AccessOptions, owner: OwnerToken) {
    this.#options = options;
    this.#owner = owner;
    this.#windowCodes = new OneTimeCodes(options.clock);
    try {
      this.#opened();
    } catch (error) {
      if (!(error instanceof DatabaseUnusable)) throw error;
      this.#notices.push(`Client tokens are not accepted: ${error.message}`);
    }
  }

  ownerToken(): string {
    return this.#owner.token;
  }

  windowCode(): string {
    return this.#windowCodes.make();
  }

  async redeemWindowCode(code: string): Promise<WindowToken | undefined> {
    if (!this.#windowCodes.use(code)) return undefined;
    try {
      return await this.issue(this.#owner.principal, windowRequest);
    } catch (error) {
      if (!(error instanceof Problem) || error.code !== 'vault-locked') throw error;
      return await this.#owner.windowToken(this.#options.clock.now());
    }
  }

  notices(): readonly string[] {
    return this.#notices;
  }

  async verify(token: string): Promise<Principal | undefined> {
    const unproven = readUnproven(token);
    if (!unproven) return undefined;
    const now = this.#options.clock.now();
    if (unproven.kid === 'owner') return this.#owner.verify(token, now);
    // The vault is read last, so that nonsense is refused even while it is locked.
    if (!this.#isValid(unproven.tokenId)) return undefined;
    const key = await this.#options.secrets.get(keyName);
    if (key === undefined) return undefined;
    const principal = await verifyToken(token, Buffer.from(key, 'base64url'), now);
    // It may have been revoked during the check.
    return this.#isValid(unproven.tokenId) ? principal : undefined;
  }

  issue(maker: Principal, request: TokenRequest): Promise<IssuedToken> {
    return this.#keyUse.run(async () => {
      const { lifetimeSeconds, ...granted } = grantFor(maker, request);
      const issuedAt = Math.floor(this.#options.clock.now() / 1000);
      const expiresAt = issuedAt + lifetimeSeconds;
      const grant = { ...granted, tokenId: randomUUID(), issuedAt, expiresAt };
      const token = await signToken(grant, 'client', await this.#signingKey());
      this.#writing((records) => records.add(grant));
      this.#options.history?.append({
        kind: 'token-issued',
        message: `${grant.name}: ${grant.role}, until ${toInstant(expiresAt * 1000)}`,
        by: maker.subject,
        ...(grant.sessionId === undefined ? {} : { sessionId: grant.sessionId }),
      });
      return { tokenId: grant.tokenId, token, expiresAt: toInstant(expiresAt * 1000) };
    });
  }

  list(): readonly TokenInfo[] {
    try {
      return this.#opened().list();
    } catch (cause) {
      throw new Problem('file-unreadable', {
        detail: `The list of client tokens cannot be read: ${(cause as Error).message}`,
        next: 'Run `stint doctor` for details.',
        cause,
      });
    }
  }

  revoke(tokenId: string, by?: Principal): boolean {
    return this.#writing((records) => {
      const name = records.find(tokenId)?.name;
      if (!records.revoke(tokenId, this.#seconds())) return false;
      this.#options.history?.append({
        kind: 'token-revoked',
        ...(name === undefined ? {} : { message: name }),
        by: by?.subject ?? 'stint',
      });
      return true;
    });
  }

  resetKey(by?: Principal): Promise<void> {
    return this.#keyUse.run(async () => {
      // The key first: it invalidates the old signatures, whatever fails later.
      await this.#makeKey();
      this.#writing((records) => records.revokeAll(this.#seconds()));
      this.#options.history?.append({ kind: 'keys-reset', by: by?.subject ?? 'stint' });
    });
  }

  close(): void {
    this.#closed = true;
    this.#owner.remove();
    this.#records?.close();
    this.#records = undefined;
  }

  async #signingKey(): Promise<Uint8Array> {
    const key = await this.#options.secrets.get(keyName);
    return key === undefined ? this.#makeKey() : Buffer.from(key, 'base64url');
  }

  async #makeKey(): Promise<Uint8Array> {
    const key = randomBytes(keyBytes);
    await this.#options.secrets.set(keyName, key.toString('base64url'));
    return key;
  }

  /** A token whose record cannot be read counts as revoked. */
  #isValid(tokenId: string): boolean {
    try {
      return this.#opened().isValid(tokenId);
    } catch {
      return false;
    }
  }

  #writing<T>(write: (records: TokenRecords) => T): T {
    try {
      return write(this.#opened());
    } catch (cause) {
      throw new Problem('file-unwritable', {
        detail: `The list of client tokens cannot be written: ${(cause as Error).message}`,
        next: 'Free some space and make the folder writable for your user.',
        cause,
      });
    }
  }

  /** Tries to open it again each time, in case the disk has space again. */
  #opened(): TokenRecords {
    if (this.#closed) throw new DatabaseUnusable('it is closed');
    if (!this.#records) {
      this.#records = new TokenRecords(this.#options.dbFile, this.#options.clock.now());
      this.#notices.push(...this.#records.notices);
    }
    return this.#records;
  }

  #seconds(): number {
    return Math.floor(this.#options.clock.now() / 1000);
  }
}
