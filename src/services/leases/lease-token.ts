import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** What a lease's holder shows at the SDK endpoints: 256 random bits, base64url. */
export function makeLeaseToken(): string {
  return randomBytes(32).toString('base64url');
}

/**
 * What is kept of a token. A fast hash is enough: nobody can try all of 256 random bits, and SDKs
 * must be answered at once.
 */
export function leaseTokenHash(token: string): string {
  return createHash('sha256').update(token).digest('base64url');
}

/** Compares without telling by its time how much of the two is the same. */
export function isSameHash(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}
