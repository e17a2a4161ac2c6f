import { randomBytes, randomUUID } from 'node:crypto';
import * as z from 'zod';
import type { SecretStore } from '../vault/secret-store.ts';
import { clientKeyIdSchema, type ClientKeyId } from './client-token.ts';

const entry = 'access/signing-key';
const keyBytes = 32;
const secondsPerDay = 24 * 3600;

/** A key of client tokens. */
export interface SigningKey {
  readonly kid: ClientKeyId;
  readonly key: Uint8Array;
}

/** Newest last. `madeAt` in seconds since the epoch. */
const ringSchema = z.array(
  z.object({ kid: clientKeyIdSchema, key: z.string(), madeAt: z.number() }),
);
type Ring = z.infer<typeof ringSchema>;

export interface SigningKeysParts {
  readonly secrets: Pick<SecretStore, 'get' | 'set'>;
  /** How many days a key signs. */
  readonly days: () => number;
}

/**
 * The keys that sign client tokens, in the vault. Only the newest signs, for a number of days; the next
 * token after that gets a new key. An old key stays for as long as a token that it signed can be valid,
 * so that a change of keys is not noticed. The caller runs `current` and `reset` one after the other.
 * Each method throws the problems of the vault.
 */
export class SigningKeys {
  readonly #parts: SigningKeysParts;

  constructor(parts: SigningKeysParts) {
    this.#parts = parts;
  }

  async find(kid: ClientKeyId): Promise<Uint8Array | undefined> {
    return (await this.#ring()).map(usable).find((one) => one.kid === kid)?.key;
  }

  /**
   * The key to sign with at `now`. `oldestIssue`: when the first of the tokens that are still valid was
   * issued, undefined if there is none. Both in seconds since the epoch.
   */
  async current(now: number, oldestIssue: number | undefined): Promise<SigningKey> {
    const ring = await this.#ring();
    const newest = ring.at(-1);
    // A key from the future was made while the clock was wrong.
    const age = newest === undefined ? Infinity : Math.abs(now - newest.madeAt);
    if (newest !== undefined && age < this.#parts.days() * secondsPerDay) return usable(newest);
    const kept = ring.filter((_key, at) => {
      const successor = ring[at + 1]?.madeAt ?? now;
      return oldestIssue !== undefined && oldestIssue <= successor;
    });
    return await this.#add(kept, now);
  }

  /** One new key, in the place of all. `now` in seconds since the epoch. */
  async reset(now: number): Promise<void> {
    await this.#add([], now);
  }

  async #add(kept: Ring, now: number): Promise<SigningKey> {
    const made = {
      kid: `client-${randomUUID()}` as const,
      key: randomBytes(keyBytes).toString('base64url'),
      madeAt: now,
    };
    await this.#parts.secrets.set(entry, JSON.stringify([...kept, made]));
    return usable(made);
  }

  async #ring(): Promise<Ring> {
    const text = await this.#parts.secrets.get(entry);
    if (text === undefined) return [];
    // The first Stint had a single key, and kept only that.
    if (!text.startsWith('[')) return [{ kid: 'client', key: text, madeAt: 0 }];
    return ringSchema.parse(JSON.parse(text));
  }
}

function usable({ kid, key }: Ring[number]): SigningKey {
  return { kid, key: Buffer.from(key, 'base64url') };
}
