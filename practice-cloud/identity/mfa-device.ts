import { hotp, sameCode, stepsInWindow, timeStep } from './totp.ts';

/** A virtual MFA device (IAM User Guide "Assign a virtual MFA device"). */
export class MfaDevice {
  readonly serial: string;
  /** Base 32. */
  readonly seed: string;
  readonly userArn: string;
  /** Step of each code taken: a code works once (RFC 6238 §5.2). */
  readonly #used = new Set<number>();

  constructor(device: Pick<MfaDevice, 'serial' | 'seed' | 'userArn'>) {
    this.serial = device.serial;
    this.seed = device.seed;
    this.userArn = device.userArn;
  }

  /**
   * Accepts a code that is right at `now`, give or take `windowSteps`, and was not used before; returns
   * whether it did.
   */
  take(code: string, now: number, windowSteps: number): boolean {
    const step = this.#unused(now, windowSteps).find((candidate) =>
      sameCode(hotp(this.seed, candidate), code),
    );
    if (step === undefined) return false;
    this.#used.add(step);
    return true;
  }

  /**
   * A code that is taken at `now` and for `windowSteps` to come: this step's, or else the next one's
   * in the window; `undefined` when all were used.
   */
  freshCode(now: number, windowSteps: number): string | undefined {
    const current = timeStep(now);
    const step = this.#unused(now, windowSteps).find((candidate) => candidate >= current);
    return step === undefined ? undefined : hotp(this.seed, step);
  }

  #unused(now: number, windowSteps: number): readonly number[] {
    return stepsInWindow(timeStep(now), windowSteps).filter((step) => !this.#used.has(step));
  }
}
