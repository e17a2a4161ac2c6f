import { createHash, timingSafeEqual } from 'node:crypto';

/** Whether two secrets are the same, in a time that doesn't tell how much of them is. */
export function sameText(left: string, right: string): boolean {
  const [a, b] = [left, right].map((text) => createHash('sha256').update(text).digest());
  return a !== undefined && b !== undefined && timingSafeEqual(a, b);
}
