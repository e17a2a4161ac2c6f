import { roughDuration } from '../../models/duration.ts';

/** When something expires, such as `expired 3 min ago`. Both are milliseconds since the epoch. */
export function expiryText(expiresAt: number, now: number): string {
  const left = expiresAt - now;
  return left > 0 ? `expires in ${roughDuration(left)}` : `expired ${roughDuration(-left)} ago`;
}
