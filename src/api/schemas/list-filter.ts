import * as z from 'zod';
import { searchable } from '../../models/spelling.ts';
import { instantSchema } from '../../models/time.ts';

/** A text that an entry of a list must have, in any case. */
export const text = z.string().min(1).max(256);

type Value = string | boolean | undefined;

/** What a parameter of a query takes, and what of an entry it compares with. */
interface Filter<T> {
  readonly takes: z.ZodType;
  readonly of: (item: T) => Value | readonly Value[];
  /** If omitted, equality, of texts in any case. */
  readonly isMet?: (value: Value, wanted: unknown) => boolean;
}

/**
 * `NAMEFrom` and `NAMETo`: the instant lies between both, which count themselves. An entry without it lies
 * nowhere.
 */
export function between<T, N extends string>(
  name: N,
  of: (item: T) => string | undefined,
): Record<`${N}From` | `${N}To`, Filter<T>> {
  const side = (words: string, isMet: (value: number, wanted: number) => boolean): Filter<T> => ({
    takes: instantSchema.describe(words),
    of,
    isMet: (value, wanted) =>
      typeof value === 'string' && isMet(Date.parse(value), Date.parse(String(wanted))),
  });
  return {
    [`${name}From`]: side('then or later', (value, wanted) => value >= wanted),
    [`${name}To`]: side('then or earlier', (value, wanted) => value <= wanted),
  } as Record<`${N}From` | `${N}To`, Filter<T>>;
}

/** Filters of a list by fields of its entries; an entry must have everything that is asked for. */
export function listFilter<T, N extends string = string>(filters: Readonly<Record<N, Filter<T>>>) {
  const query = z.strictObject(
    Object.fromEntries(
      Object.entries<Filter<T>>(filters).map(([name, { takes }]) => [name, takes.optional()]),
    ) as Record<N, z.ZodOptional<z.ZodType>>,
  );
  const fits = (item: T, asked: object): boolean =>
    Object.entries(asked).every(([name, wanted]) => {
      const { of, isMet = isSame } = filters[name as N];
      return [of(item)].flat().some((value) => isMet(value, wanted));
    });
  return { query, fits };
}

function isSame(value: Value, wanted: unknown): boolean {
  return typeof value === 'string' && typeof wanted === 'string'
    ? searchable(value) === searchable(wanted)
    : value === wanted;
}
