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
  signatureMinutes: 15,
  totpWindowSteps: 1,
  ssoRequestsPerSecond: null,
  newKeyDelayMs: 0,
  iamDenies: [],
  iamNeedsMfa: false,
  iamLosesAnswers: [],
  downRegions: [],
  refreshTokenSeconds: null,
  deviceIntervalSeconds: 5,
  retryAfterSeconds: 1,
  resourceManagerPageSize: 1000,
};

/** The current faults and shortcuts. */
export class OverrideStore {
  #overrides = resting;

  get current(): Overrides {
    return this.#overrides;
  }

  /** Sets the named overrides and keeps the others. */
  turn(change: Partial<Overrides>): Overrides {
    this.#overrides = { ...this.#overrides, ...change };
    return this.#overrides;
  }

  reset(): Overrides {
    return this.turn(resting);
  }

  /** The fault this request gets, if any; counts it. */
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

  /** Lifetime in seconds of credentials for which `seconds` were requested and allowed. */
  lifetime(seconds: number): number {
    return Math.min(seconds, this.#overrides.grantedSeconds ?? seconds);
  }
}
