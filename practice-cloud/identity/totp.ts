import { createHmac, timingSafeEqual } from 'node:crypto';
import { decodeBase32 } from './base32.ts';

export interface TotpOptions {
  readonly digits?: number;
  /** RFC 6238 allows all three; AWS's virtual devices use SHA-1. */
  readonly hash?: 'sha1' | 'sha256' | 'sha512';
}

/** A one-time password for a counter (RFC 4226 §5.3). `seed` is base 32. */
export function hotp(seed: string, counter: number, options: TotpOptions = {}): string {
  const { digits = 6, hash = 'sha1' } = options;
  const message = Buffer.alloc(8);
  message.writeBigUInt64BE(BigInt(counter));
  const digest = createHmac(hash, decodeBase32(seed)).update(message).digest();
  const offset = digest.readUInt8(digest.length - 1) & 15;
  const number = digest.readUInt32BE(offset) & 0x7fffffff;
  return String(number % 10 ** digits).padStart(digits, '0');
}

/** Time step of AWS's and Entra's devices, in seconds; also the default of RFC 6238 §4.1. */
const stepSeconds = 30;

/** The number of the time step that `milliseconds` since the epoch falls in (RFC 6238 §4.2). */
export function timeStep(milliseconds: number): number {
  return Math.floor(milliseconds / 1000 / stepSeconds);
}

/**
 * The steps whose codes are taken: this one and so many on either side, for delay and a device whose
 * clock is a little off (RFC 6238 §5.2 and §6). This one comes first, then the next.
 */
export function stepsInWindow(current: number, either: number): readonly number[] {
  const later = Array.from({ length: either }, (_, index) => current + 1 + index);
  const earlier = Array.from({ length: either }, (_, index) => current - 1 - index);
  return [current, ...later, ...earlier].filter((step) => step >= 0);
}

/** Compares codes without telling by the time taken how much of one was right. */
export function sameCode(left: string, right: string): boolean {
  const [a, b] = [Buffer.from(left), Buffer.from(right)];
  return a.length === b.length && timingSafeEqual(a, b);
}
