import { isCampaign } from './campaign.ts';

/** SQLite's pages here, in bytes (sqlite.org/fileformat.html, §1.3.2). */
const page = 4096;
/** A page of a table begins with its header and the offsets of its cells; those of the first follow 100 bytes. */
const header = 16;
/** From one place that is damaged to the next, in bytes; a prime, so that it meets every part of a page. */
const usualStep = 397;

/** A file that is damaged at one byte: one bit keeps most texts texts, and JSON JSON. */
export const damages = {
  changed: (whole: Buffer, at: number) =>
    withByte(whole, { at, value: whole.readUInt8(at) ^ 0xff }),
  'changed by a bit': (whole: Buffer, at: number) =>
    withByte(whole, { at, value: whole.readUInt8(at) ^ 1 }),
  'cut short': (whole: Buffer, at: number) => whole.subarray(0, at),
} as const;

export const kindsOfDamage = ['changed', 'changed by a bit', 'cut short'] as const;

/** In a campaign every byte. */
export function offsetsToDamage(length: number, step = usualStep): readonly number[] {
  return Array.from({ length }, (_, at) => at).filter((at) => isCampaign || at % step === 0);
}

/** How many bytes SQLite writes at most before the first text of a row of ours: sizes, and the type of each column. */
const rowHeader = 20;

/** A file with one byte set to another value. */
export interface ChangedByte {
  readonly at: number;
  readonly value: number;
}

/**
 * What could make the row that begins with `key` another one: its types, of which 0 is NULL
 * (sqlite.org/fileformat.html, §2.1, "serial types"), and the header and cell offsets of each page, which could
 * lead to what it was before. One bit at a time of the types; in a campaign every value of all of it.
 */
export function bytesThatRule(whole: Buffer, key: string): readonly ChangedByte[] {
  const values = isCampaign
    ? Array.from({ length: 255 }, (_, index) => index + 1)
    : Array.from({ length: 8 }, (_, bit) => 1 << bit);
  const types = offsetsOf(whole, key).flatMap((at) =>
    Array.from({ length: rowHeader }, (_, before) => at - 1 - before),
  );
  const headers = [...whole.keys()].filter((at) => isCampaign && at % page < header);
  return [...types, ...headers].flatMap((at) =>
    values.map((difference) => ({ at, value: whole.readUInt8(at) ^ difference })),
  );
}

export function withByte(whole: Buffer, { at, value }: ChangedByte): Buffer {
  const changed = Buffer.from(whole);
  changed.writeUInt8(value, at);
  return changed;
}

/** The table's row, and in a campaign that of its index too. */
function offsetsOf(whole: Buffer, key: string): readonly number[] {
  const first = whole.indexOf(key);
  return isCampaign ? [first, whole.indexOf(key, first + 1)].filter((at) => at !== -1) : [first];
}
