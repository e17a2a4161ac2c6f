import { roughDuration } from './duration.ts';

/** A difference from here on is reported, in seconds: tools that sign requests get into trouble. */
const reported = 60;

/** The seconds to report of an offset in milliseconds; undefined for one that harms nobody. */
export function reportedOffset(milliseconds: number): number | undefined {
  const seconds = Math.round(milliseconds / 1000);
  return Math.abs(seconds) > reported ? seconds : undefined;
}

/** What it means to a person; `seconds`: by which the cloud's clock is ahead. */
export function clockOffsetText(seconds: number): string {
  const direction = seconds > 0 ? 'behind' : 'ahead of';
  return `The clock of this machine is ${roughDuration(Math.round(Math.abs(seconds) / 60) * 60_000)} ${direction} the cloud's.`;
}

/** An instant of the cloud a session belongs to, by this machine's clock; in milliseconds since the epoch. */
export function onThisMachine(
  { clockOffsetSeconds = 0 }: { readonly clockOffsetSeconds?: number | undefined },
  instant: string,
): number {
  return Date.parse(instant) - clockOffsetSeconds * 1000;
}
