import { randomUUID } from 'node:crypto';
import { Problem } from '../../models/problem.ts';
import type { Principal } from '../../models/scope.ts';
import { toInstant } from '../../models/time.ts';
import type { TokenInfo } from '../../models/token.ts';
import type { TrustedIssuerState } from '../../models/trusted-issuer.ts';
import type { Clock } from '../clock/clock.ts';
import { Mutex } from '../concurrency/mutex.ts';
import type { History } from '../history/history.ts';
import type { Log } from '../log/log.ts';
import type { Network } from '../network/network.ts';
import type { SecretStore } from '../vault/secret-store.ts';
import { AccessFile } from './access-file.ts';
import { readUnproven, signToken, verifyToken, type TokenGrant } from './client-token.ts';
import { grantFor, type TokenRequest } from './grant.ts';
import { openHomeKey, type HomeKey } from './home-key.ts';
import { IssuerTokens } from './issuer/issuer-tokens.ts';
import { createOwnerToken, type OwnerToken } from './owner-token.ts';
import { SigningKeys } from './signing-keys.ts';
import { StartTokens } from './start-tokens.ts';
import { WindowAccess } from './window-access.ts';

export type { TokenRequest };

/** Who may do what: the owner's token, the client tokens made with it, and those of a trusted issuer. */
export interface Access {
  /** How browser windows get in. */
  readonly windows: WindowAccess;
  ownerToken(): string;
  /** Writes the owner's token to its file again if that is gone or damaged. Throws Problem 'file-unwritable'. */
  renewOwnerToken(): Promise<void>;
  /**
   * Undefined for anything but a valid token. Throws Problem 'access-unavailable' while the list of
   * tokens cannot be read or the trusted issuer not be asked, the vault's for a token that needs it, and
   * 'scope-missing' for a token of that issuer without a role.
   */
  verify(token: string): Promise<Principal | undefined>;
  /**
   * A token made with a client token ends no later than that, and with it; made by the desktop window,
   * it ends with this owner. Throws Problem 'invalid-request', 'scope-missing', 'unauthenticated',
   * 'file-unwritable' and those of the vault.
   */
  issue(maker: Principal, request: TokenRequest): Promise<IssuedToken>;
  /** The issuer of `issuer.json`; undefined if there is no such file. */
  trustedIssuer(): Promise<TrustedIssuerState | undefined>;
  /** Newest first. Throws Problem 'file-unreadable'. */
  list(): readonly TokenInfo[];
  /**
   * Also what was made with it. False if there is no such valid token. Throws Problem
   * 'file-unwritable'.
   */
  revoke(tokenId: string, by?: Principal): boolean;
  /**
   * Revokes every client token at once; with `forget` it also clears the list of them. Throws Problem
   * 'file-unwritable' and those of the vault.
   */
  resetKey(by?: Principal, options?: { readonly forget?: boolean }): Promise<void>;
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
  readonly windowKeyFile: string;
  /** Names the trusted issuer, if it exists. */
  readonly issuerFile: string;
  readonly secrets: SecretStore;
  /** How many days a key signs client tokens. */
  readonly keyDays: () => number;
  readonly clock: Clock;
  /** Of elapsed time. */
  readonly elapsed: Clock;
  readonly history?: Pick<History, 'append'>;
  readonly network: Network;
  readonly log: Pick<Log, 'info'>;
  /** Aborted when the owner ends. */
  readonly signal: AbortSignal;
}

/** Throws Problem 'file-unwritable' if the owner's token cannot be written. */
export async function openAccess(options: AccessOptions): Promise<Access> {
  const owner = await createOwnerToken(options.tokenFile, options.clock.now());
  return new TokenAccess(options, owner, await openHomeKey(options.windowKeyFile));
}

class TokenAccess implements Access {
  readonly windows: WindowAccess;
  readonly #options: AccessOptions;
  readonly #owner: OwnerToken;
  readonly #startTokens = new StartTokens();
  readonly #issuerTokens: IssuerTokens;
  readonly #file: AccessFile;
  readonly #keys: SigningKeys;
  /** Issuing and resetting run one after the other: no token is signed with an old key. */
  readonly #keyUse = new Mutex();

  constructor(options: AccessOptions, owner: OwnerToken, homeKey: HomeKey) {
    this.#options = options;
    this.#owner = owner;
    this.#file = new AccessFile(options);
    this.#issuerTokens = new IssuerTokens({
      ...options,
      file: options.issuerFile,
      clock: options.elapsed,
    });
    this.#keys = new SigningKeys({ secrets: options.secrets, days: options.keyDays });
    this.windows = new WindowAccess({
      ...options,
      homeKey,
      tokens: this.#startTokens,
      file: this.#file,
      note: (grant) => this.#noteIssued(grant, 'owner'),
    });
  }

  ownerToken(): string {
    return this.#owner.token;
  }

  renewOwnerToken(): Promise<void> {
    return this.#owner.renewFile();
  }

  notices(): readonly string[] {
    return this.#file.notices();
  }

  async verify(token: string): Promise<Principal | undefined> {
    const unproven = readUnproven(token);
    if (!unproven) return await this.#issuerTokens.verify(token);
    const { kid, tokenId } = unproven;
    const now = this.#options.clock.now();
    if (kid === 'owner') return this.#owner.verify(token, now);
    if (kid === 'start') return await this.#startTokens.verify(token, tokenId, now);
    // The vault is read last, so that nonsense is refused even while it is locked.
    if (!this.#isRecorded(tokenId)) return undefined;
    const key = await this.#keys.find(kid);
    if (key === undefined) return undefined;
    const principal = await verifyToken(token, key, now);
    // It may have been revoked during the check.
    return this.#isRecorded(tokenId) ? principal : undefined;
  }

  issue(maker: Principal, request: TokenRequest): Promise<IssuedToken> {
    return this.#keyUse.run(async () => {
      const { lifetimeSeconds, ...granted } = grantFor(maker, request);
      const issuedAt = this.#seconds();
      const { tokenId, expiresAt: makersEnd = Infinity, issuer } = maker.token ?? {};
      // A token of the trusted issuer cannot be revoked here, and so ends nothing that was made with it.
      const makerId = issuer === undefined ? tokenId : undefined;
      const expiresAt = Math.min(issuedAt + lifetimeSeconds, makersEnd);
      const grant = { ...granted, tokenId: randomUUID(), makerId, issuedAt, expiresAt };
      const endsWithOwner = maker.token?.endsWithOwner ?? maker.role !== 'owner';
      const token = endsWithOwner
        ? await this.#startTokens.issue(grant, () => this.#requireValid(maker))
        : await this.#issueRecorded(grant, maker);
      this.#noteIssued(grant, maker.subject);
      return { tokenId: grant.tokenId, token, expiresAt: toInstant(expiresAt * 1000) };
    });
  }

  async #issueRecorded(grant: TokenGrant, maker: Principal): Promise<string> {
    const { issuedAt } = grant;
    const oldest = this.#file.write(({ records }) => records.oldestIssue(issuedAt));
    const { kid, key } = await this.#keys.current(issuedAt, oldest);
    const token = await signToken(grant, kid, key);
    this.#requireValid(maker);
    this.#file.write(({ records }) => {
      records.add(grant);
    });
    return token;
  }

  /** Throws Problem 'unauthenticated' for a maker whose own token was revoked meanwhile. */
  #requireValid({ token }: Principal): void {
    if (token === undefined || token.issuer !== undefined) return;
    const { tokenId, endsWithOwner } = token;
    if (endsWithOwner ? this.#startTokens.isValid(tokenId) : this.#isRecorded(tokenId)) return;
    throw new Problem('unauthenticated', {
      detail: 'The client token was revoked, so no other can be made with it.',
      next: 'Make a new one with `POST /v1/tokens`.',
    });
  }

  trustedIssuer(): Promise<TrustedIssuerState | undefined> {
    return this.#issuerTokens.state();
  }

  list(): readonly TokenInfo[] {
    const recorded = this.#file.read(({ records }) => records.list());
    return [...this.#startTokens.list(), ...recorded].toSorted((a, b) =>
      a.issuedAt < b.issuedAt ? 1 : a.issuedAt > b.issuedAt ? -1 : 0,
    );
  }

  revoke(tokenId: string, by?: Principal): boolean {
    const now = this.#seconds();
    const ofWindow = this.#startTokens.revoke(tokenId, now);
    const name = this.#file.write(({ records, tickets }) => {
      tickets.remove(tokenId);
      return ofWindow ?? records.revoke(tokenId, now);
    });
    if (name === undefined) return false;
    this.#options.history?.append({
      kind: 'token-revoked',
      message: name,
      by: by?.subject ?? 'stint',
    });
    return true;
  }

  resetKey(by?: Principal, { forget = false } = {}): Promise<void> {
    return this.#keyUse.run(async () => {
      const now = this.#seconds();
      // The key first: it invalidates the old signatures, whatever fails later.
      await this.#keys.reset(now);
      this.#startTokens.revokeAll(now);
      if (forget) this.#startTokens.forgetAll();
      this.#file.write(({ records, tickets }) => {
        tickets.removeAll();
        if (forget) records.removeAll();
        else records.revokeAll(now);
      });
      this.#options.history?.append({ kind: 'keys-reset', by: by?.subject ?? 'stint' });
    });
  }

  close(): void {
    this.#owner.remove();
    this.#file.close();
  }

  #isRecorded(tokenId: string): boolean {
    return this.#file.check(({ records }) => records.isValid(tokenId));
  }

  #noteIssued({ name, role, sessionId, expiresAt }: TokenGrant, by: string): void {
    this.#options.history?.append({
      kind: 'token-issued',
      message: `${name}: ${role}, until ${toInstant(expiresAt * 1000)}`,
      by,
      ...(sessionId === undefined ? {} : { sessionId }),
    });
  }

  #seconds(): number {
    return Math.floor(this.#options.clock.now() / 1000);
  }
}
