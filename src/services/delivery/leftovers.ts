import type { Leftover } from './delivery.ts';

type Cloud = 'aws' | 'azure';

/** What could not be removed or restored, until an attempt succeeds. */
export class Leftovers {
  readonly #left = new Map<Cloud, readonly Leftover[]>();

  all(): readonly Leftover[] {
    return [...this.#left.values()].flat();
  }

  /** An attempt for one session left `left`. */
  noteSession(cloud: Cloud, sessionId: string, left: readonly Leftover[]): void {
    const others = (this.#left.get(cloud) ?? []).filter((one) => one.sessionId !== sessionId);
    this.#left.set(cloud, [...others, ...left]);
  }

  /** An attempt for all that have ended left `left`. */
  noteSweep(cloud: Cloud, left: readonly Leftover[]): void {
    this.#left.set(cloud, left);
  }
}
