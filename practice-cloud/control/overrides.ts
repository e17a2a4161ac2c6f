import type { Overrides } from './contract.ts';

const resting: Overrides = {
  latencyMs: 0,
  throttleNext: 0,
  failNext: 0,
  failStatus: 500,
  hang: false,
  dropConnections: false,
  clockOffsetSeconds: 0,
  grantedSeconds: null,
  totpStepSeconds: 30,
  ssoRequestsPerSecond: null,
  refreshTokenSeconds: null,
  deviceIntervalSeconds: 5,
  retryAfterSeconds: 1,
  resourceManagerPageSize: 1000,
};

/** The faults and shortcuts in force. */
export class KnobBoard {
  #overrides = resting;

  get current(): Overrides {
    return this.#overrides;
  }

  /** Turns the overrides named; the others stay. */
  turn(change: Partial<Overrides>): Overrides {
    this.#overrides = { ...this.#overrides, ...change };
    return this.#overrides;
  }

  reset(): Overrides {
    return this.turn(resting);
  }

  /** Counts this request off the faults that wait for one; which it meets, if any. */
  nextFault(): 'throttle' | 500 | 503 | undefined {
    const { throttleNext, failNext, failStatus } = this.#overrides;
    if (throttleNext > 0) {
      this.turn({ throttleNext: throttleNext - 1 });
      return 'throttle';
    }
    if (failNext === 0) return undefined;
    this.turn({ failNext: failNext - 1 });
    return failStatus;
  }

  /** Seconds that credentials live for which `seconds` were asked and allowed. */
  lifetime(seconds: number): number {
    return Math.min(seconds, this.#overrides.grantedSeconds ?? seconds);
  }
}
