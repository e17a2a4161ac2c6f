import { isCampaign } from './campaign.ts';

/** SQLite's pages here, in bytes (sqlite.org/fileformat.html, §1.3.2). */
const page = 4096;
/** A page of a table begins with its header and the offsets of its cells; those of the first follow 100 bytes. */
const header = 16;
/** From one place that is damaged to the next, in bytes; a prime, so that it meets every part of a page. */
const usualStep = 397;

/** A database that is damaged at one byte. */
export const damages = {
  changed: (whole: Buffer, at: number) => {
    const changed = Buffer.from(whole);
    changed.writeUInt8(changed.readUInt8(at) ^ 0xff, at);
    return changed;
  },
  'cut short': (whole: Buffer, at: number) => whole.subarray(0, at),
} as const;

/** In a campaign every byte of the first page, the header of each other one, and a part of the rest. */
export function offsetsToDamage(length: number, step = usualStep): readonly number[] {
  return Array.from({ length }, (_, at) => at).filter(
    (at) => at % step === 0 || (isCampaign && (at < page || at % page < header)),
  );
}
