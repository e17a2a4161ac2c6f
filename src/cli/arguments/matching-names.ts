import { distance } from 'fastest-levenshtein';
import { sameName, searchable } from '../../models/spelling.ts';

/** What something is called. */
export interface Called {
  readonly id: string;
  readonly name: string;
  readonly others?: readonly string[];
  /** Archived or hidden: a part of its name means it only where nothing else has that part. */
  readonly isAside?: boolean;
}

/** Shorter ones would be found by chance, as in Git. */
const shortestIdPrefix = 4;

/**
 * The items that a person means by `wanted`: by id, name, another of their names, part of a name, or
 * the beginning of an id. The first of these that finds any counts, so that an exact name is never
 * hidden by names that contain it. Case, Unicode forms and blanks around `/` make no difference, but
 * a name in exactly this case comes first.
 */
export function matchingItems<T>(
  items: readonly T[],
  called: (item: T) => Called,
  wanted: string,
): readonly T[] {
  const key = searchable(wanted.trim());
  if (key === '') return [];
  const known = items.map((item) => {
    const { others = [], ...own } = called(item);
    return { item, ...own, idKey: searchable(own.id), keys: [own.name, ...others].map(searchable) };
  });
  type Known = (typeof known)[number];
  const exact: readonly ((one: Known) => boolean)[] = [
    ({ idKey }) => idKey === key,
    ({ name }) => sameName(name, wanted),
    ({ keys: [name] }) => name === key,
    ({ keys }) => keys.includes(key),
  ];
  const partly: readonly ((one: Known) => boolean)[] = [
    ({ keys }) => keys.some((one) => one.includes(key)),
    ({ idKey }) => key.length >= shortestIdPrefix && idKey.startsWith(key),
  ];
  for (const fits of exact) {
    const found = known.filter(fits);
    if (found.length > 0) return found.map(({ item }) => item);
  }
  for (const fits of partly) {
    const found = known.filter(fits);
    const inUse = found.filter(({ isAside }) => isAside !== true);
    if (found.length > 0) return (inUse.length > 0 ? inUse : found).map(({ item }) => item);
  }
  return [];
}

/** The most names that a message suggests. */
const mostSuggestions = 3;

/** The names that a person may have meant, nearest first: few letters differ in it or a word of it. */
export function nearNames(names: Iterable<string>, wanted: string): readonly string[] {
  const key = searchable(wanted.trim());
  const most = Math.max(1, key.length * 0.4);
  return [...new Set(names)]
    .map((name) => ({ name, far: farness(key, searchable(name)) }))
    .filter(({ far }) => far <= most)
    .sort((a, b) => a.far - b.far || (a.name < b.name ? -1 : 1))
    .slice(0, mostSuggestions)
    .map(({ name }) => name);
}

/** In letters to change. A word of the name counts a little less than the name as a whole. */
function farness(key: string, name: string): number {
  const words = name.split(/[\s/._-]+/).filter((word) => word.length > 2);
  return Math.min(distance(key, name), ...words.map((word) => distance(key, word) + 0.5));
}

/** `Did you mean "a" or "b"?` and then `listedBy`; only that where no name is near. */
export function suggestion(near: readonly string[], listedBy: string): string {
  const list = `List them: ${listedBy}`;
  if (near.length === 0) return list;
  const names = near.map((name) => `"${name}"`);
  const last = names.pop() ?? '';
  return `Did you mean ${names.length === 0 ? last : `${names.join(', ')} or ${last}`}? ${list}`;
}
