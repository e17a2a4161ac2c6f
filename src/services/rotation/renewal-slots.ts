import type { Session } from '../../models/session.ts';

/** Renewals at the same time that ask the same source: IAM Identity Center takes about 20 requests a second. */
const perSource = 4;

/** Renewals at the same time in all. */
const inAll = 16;

/** How many renewals run side by side. One that waits for a person takes no slot. */
export class RenewalSlots {
  readonly #bySource = new Map<string, number>();
  #taken = 0;
  #isWanted = false;

  /** Undefined where no slot is free; else `work` in one. */
  take(session: Session, work: () => Promise<void>): (() => Promise<void>) | undefined {
    const source = sourceOf(session);
    const taken = this.#bySource.get(source) ?? 0;
    if (this.#taken >= inAll || taken >= perSource) {
      this.#isWanted = true;
      return undefined;
    }
    this.#count(source, 1);
    return async () => {
      try {
        await work();
      } finally {
        this.#count(source, -1);
      }
    };
  }

  /** Whether a renewal found none free since this was last asked. */
  wasWanted(): boolean {
    const wasWanted = this.#isWanted;
    this.#isWanted = false;
    return wasWanted;
  }

  #count(source: string, change: 1 | -1): void {
    this.#taken += change;
    const taken = (this.#bySource.get(source) ?? 0) + change;
    if (taken === 0) this.#bySource.delete(source);
    else this.#bySource.set(source, taken);
  }
}

/** Its integration, or the service that issues its credentials. */
function sourceOf(session: Session): string {
  if ('integrationId' in session) return session.integrationId;
  return 'idpId' in session ? session.idpId : session.type;
}
