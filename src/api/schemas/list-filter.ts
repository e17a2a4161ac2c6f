import { z } from 'zod';
import { searchable } from '../../models/spelling.ts';

/** A text that an entry of a list must have, in any case. */
export const text = z.string().min(1).max(256);

type Value = string | boolean | undefined;

/** What a parameter of a query takes, and what of an entry it compares with. */
interface Filter<T> {
  readonly takes: z.ZodType;
  readonly of: (item: T) => Value | readonly Value[];
}

/** Filters of a list by fields of its entries; an entry must have everything that is asked for. */
export function listFilter<T, N extends string = string>(filters: Readonly<Record<N, Filter<T>>>) {
  const query = z.strictObject(
    Object.fromEntries(
      Object.entries<Filter<T>>(filters).map(([name, { takes }]) => [name, takes.optional()]),
    ) as Record<N, z.ZodOptional<z.ZodType>>,
  );
  const fits = (item: T, asked: object): boolean =>
    Object.entries(asked).every(([name, wanted]) =>
      [filters[name as N].of(item)].flat().some((value) => isSame(value, wanted)),
    );
  return { query, fits };
}

function isSame(value: Value, wanted: unknown): boolean {
  return typeof value === 'string' && typeof wanted === 'string'
    ? searchable(value) === searchable(wanted)
    : value === wanted;
}
