import { hotp, sameCode, stepsInWindow, timeStep } from './totp.ts';

/** A virtual MFA device (IAM User Guide "Assign a virtual MFA device"). */
export class MfaDevice {
  readonly serial: string;
  /** Base 32. */
  readonly seed: string;
  readonly userArn: string;
  /** Step length and step of each code taken: a code works once (RFC 6238 §5.2). */
  readonly #used = new Set<string>();

  constructor(device: Pick<MfaDevice, 'serial' | 'seed' | 'userArn'>) {
    this.serial = device.serial;
    this.seed = device.seed;
    this.userArn = device.userArn;
  }

  /** Accepts a code that is right at `now` and was not used before; returns whether it did. */
  take(code: string, now: number, stepSeconds: number): boolean {
    const step = this.#unused(now, stepSeconds).find((candidate) =>
      sameCode(hotp(this.seed, candidate), code),
    );
    if (step === undefined) return false;
    this.#used.add(`${stepSeconds}/${step}`);
    return true;
  }

  /**
   * A code that is taken at `now` and for a whole step to come: this step's, or else the next one's;
   * `undefined` when both were used.
   */
  freshCode(now: number, stepSeconds: number): string | undefined {
    const current = timeStep(now, stepSeconds);
    const step = this.#unused(now, stepSeconds).find((candidate) => candidate >= current);
    return step === undefined ? undefined : hotp(this.seed, step);
  }

  #unused(now: number, stepSeconds: number): readonly number[] {
    return stepsInWindow(timeStep(now, stepSeconds)).filter(
      (step) => !this.#used.has(`${stepSeconds}/${step}`),
    );
  }
}
