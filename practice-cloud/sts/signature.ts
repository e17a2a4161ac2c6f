import { createHmac, timingSafeEqual } from 'node:crypto';
import { sha256Hex } from './canonical-request.ts';

/** The algorithm of Signature Version 4. */
export const algorithm = 'AWS4-HMAC-SHA256';

/** What a signing key is good for: one day, one region, one service. */
export interface CredentialScope {
  /** YYYYMMDD. */
  readonly date: string;
  readonly region: string;
  readonly service: string;
}

/**
 * The signature of a canonical request made at `timestamp` (YYYYMMDD'T'HHMMSS'Z'), in hex.
 * Source: IAM User Guide "Create a signed AWS API request", steps 2 to 5.
 */
export function signatureOf(
  canonical: string,
  timestamp: string,
  scope: CredentialScope,
  secretAccessKey: string,
): string {
  const scopeText = `${scope.date}/${scope.region}/${scope.service}/aws4_request`;
  const stringToSign = [algorithm, timestamp, scopeText, sha256Hex(canonical)].join('\n');
  const signingKey = [scope.date, scope.region, scope.service, 'aws4_request'].reduce(
    hmac,
    Buffer.from(`AWS4${secretAccessKey}`),
  );
  return hmac(signingKey, stringToSign).toString('hex');
}

function hmac(key: Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}

/** Compares signatures in a time that doesn't tell how much of one was right. */
export function sameSignature(left: string, right: string): boolean {
  const [a, b] = [Buffer.from(left), Buffer.from(right)];
  return a.length === b.length && timingSafeEqual(a, b);
}
