import { randomBytes } from 'node:crypto';
import { encodeBase32 } from './base32.ts';

/**
 * Ids as IAM makes them: a prefix that says what it names, then base 32.
 * Source: IAM User Guide "IAM identifiers", section "Unique identifiers".
 */
type Prefix = 'AKIA' | 'ASIA' | 'AIDA' | 'AROA';

/** `AKIA…` and `ASIA…` have 20 characters, `AIDA…` and `AROA…` 21. */
export function makeId(prefix: Prefix): string {
  const length = prefix === 'AKIA' || prefix === 'ASIA' ? 16 : 17;
  return prefix + encodeBase32(randomBytes(11)).slice(0, length);
}

/** A secret access key: 40 characters of base 64. */
export function makeSecretAccessKey(): string {
  return randomBytes(30).toString('base64');
}

/** A session token: opaque, and about as long as a real one so that nothing cuts it short. */
export function makeSessionToken(): string {
  return `IQoJb3JpZ2luX2Vj${randomBytes(510).toString('base64')}`;
}

/** A virtual MFA device's seed: 64 characters of base 32, as IAM's CreateVirtualMFADevice gives. */
export function makeSeed(): string {
  return encodeBase32(randomBytes(40));
}
