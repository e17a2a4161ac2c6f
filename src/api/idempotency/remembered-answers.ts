/** The answer to a request that created something. */
export interface RememberedAnswer {
  readonly status: number;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: string;
}

/** How long an answer is remembered, in milliseconds: a day, as clients that retry expect. */
const lifetime = 24 * 3_600_000;

/** More than a day of honest clients; one that sends more loses its oldest. */
const most = 1000;

interface Entry {
  /** Tells requests with the same key apart. */
  readonly fingerprint: string;
  readonly expiresAt: number;
  /** Undefined while the request is under way. */
  readonly answer?: RememberedAnswer;
}

export type Claim =
  | { readonly kind: 'new' }
  | { readonly kind: 'under-way' }
  | { readonly kind: 'other-request' }
  | { readonly kind: 'answered'; readonly answer: RememberedAnswer };

/**
 * Answers by Idempotency-Key, so that a request which is repeated creates nothing again. In memory: an
 * answer may hold a token, and the next owner begins without any. `now`: milliseconds since the epoch.
 */
export class RememberedAnswers {
  readonly #now: () => number;
  /** In the order they were claimed. */
  readonly #entries = new Map<string, Entry>();

  constructor(now: () => number = Date.now) {
    this.#now = now;
  }

  /** Claims `key` for a request; `new` obliges to `keep` an answer or to `release` the key. */
  claim(key: string, fingerprint: string): Claim {
    this.#forgetOld();
    const known = this.#entries.get(key);
    if (known === undefined) {
      this.#entries.set(key, { fingerprint, expiresAt: this.#now() + lifetime });
      return { kind: 'new' };
    }
    if (known.fingerprint !== fingerprint) return { kind: 'other-request' };
    return known.answer === undefined
      ? { kind: 'under-way' }
      : { kind: 'answered', answer: known.answer };
  }

  keep(key: string, answer: RememberedAnswer): void {
    const known = this.#entries.get(key);
    if (known !== undefined) this.#entries.set(key, { ...known, answer });
  }

  /** The request created nothing: it may be tried again. */
  release(key: string): void {
    this.#entries.delete(key);
  }

  #forgetOld(): void {
    const now = this.#now();
    for (const [key, { expiresAt, answer }] of this.#entries) {
      if (answer === undefined) continue;
      if (expiresAt > now && this.#entries.size < most) break;
      this.#entries.delete(key);
    }
  }
}
