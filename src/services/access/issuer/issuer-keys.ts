import {
  createLocalJWKSet,
  errors,
  type FlattenedJWSInput,
  type JWSHeaderParameters,
  type LocalJWKSet,
} from 'jose';
import type { Clock } from '../../clock/clock.ts';

/** How long keys count before they are read again, in milliseconds. */
const freshFor = 10 * 60_000;

/** How long they still count while their issuer does not answer. */
const usableFor = 60 * 60_000;

/** Between two reads: tokens with made-up key ids must not become requests to the issuer. */
const pause = 30_000;

const noKeys = createLocalJWKSet({ keys: [] });

/**
 * The keys of an issuer, read again when they are old or when a token names one that is not among them:
 * that is how issuers change their keys (OpenID Connect Core 1.0 §10.1.1).
 */
export class IssuerKeys {
  readonly #read: () => Promise<LocalJWKSet>;
  readonly #clock: Pick<Clock, 'now'>;
  #kept: { readonly keys: LocalJWKSet; readonly at: number } | undefined;
  #failure: Error | undefined;
  #triedAt = -Infinity;
  #reading: Promise<LocalJWKSet> | undefined;

  constructor(options: {
    readonly read: () => Promise<LocalJWKSet>;
    /** Of elapsed time. */
    readonly clock: Pick<Clock, 'now'>;
  }) {
    this.#read = options.read;
    this.#clock = options.clock;
  }

  /** Why the last read failed; undefined if it did not. */
  get failure(): Error | undefined {
    return this.#failure;
  }

  /** Makes sure that there are keys to find one among, and with them the issuer's time. Throws what reading throws. */
  async prepare(): Promise<void> {
    await this.#usable();
  }

  /** The key of a token, for `jwtVerify`. Throws what reading throws, and JWKSNoMatchingKey. */
  async find(header: JWSHeaderParameters, token: FlattenedJWSInput) {
    const keys = await this.#usable();
    try {
      return await keys(header, token);
    } catch (error) {
      if (!(error instanceof errors.JWKSNoMatchingKey)) throw error;
      const newer = await this.#readUnlessPaused();
      if (newer === undefined) throw error;
      return await newer(header, token);
    }
  }

  async #usable(): Promise<LocalJWKSet> {
    const { keys, at = -Infinity } = this.#kept ?? {};
    const age = this.#clock.now() - at;
    if (keys !== undefined && age < freshFor) return keys;
    try {
      return (await this.#readUnlessPaused()) ?? keys ?? noKeys;
    } catch (error) {
      if (keys === undefined || age >= usableFor) throw error;
      return keys;
    }
  }

  /** Undefined right after a read that succeeded. Throws the failure right after one that did not. */
  async #readUnlessPaused(): Promise<LocalJWKSet | undefined> {
    if (this.#reading === undefined && this.#clock.now() - this.#triedAt < pause) {
      if (this.#failure !== undefined) throw this.#failure;
      return undefined;
    }
    this.#reading ??= this.#readNow().finally(() => {
      this.#reading = undefined;
    });
    return await this.#reading;
  }

  async #readNow(): Promise<LocalJWKSet> {
    this.#triedAt = this.#clock.now();
    try {
      const keys = await this.#read();
      this.#kept = { keys, at: this.#clock.now() };
      this.#failure = undefined;
      return keys;
    } catch (error) {
      this.#failure = error as Error;
      throw error;
    }
  }
}
