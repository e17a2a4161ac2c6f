import { Problem } from '../../models/problem.ts';

/** More of either has nobody: AWS Organizations and Entra ID keep to a tenth of it. */
const mostPages = 1_000;
export const mostItems = 100_000;

/**
 * Everything of a list that a cloud gives in pages. `next` is what asks for the page after: none, an
 * empty one, or the same again, after the last page. Throws Problem 'cloud-refused' for a list without
 * end, and what `read` throws. `what`: such as "Identity Center of integration acme".
 */
export async function allPages<T>(
  what: string,
  read: (
    next: string | undefined,
  ) => Promise<{ readonly items: readonly T[]; readonly next: string | undefined }>,
): Promise<readonly T[]> {
  const all: T[] = [];
  const asked = new Set<string>();
  let next: string | undefined;
  do {
    const page = await read(next);
    all.push(...page.items);
    if (page.next === next) break;
    next = page.next;
    if (next !== undefined && asked.has(next)) throw endless(what);
    if (next !== undefined) asked.add(next);
    if (asked.size > mostPages || all.length > mostItems) throw endless(what);
  } while (next);
  return all;
}

/**
 * The same for a list that a library reads page by page. `pick`: what to keep of an item, since there
 * may be many; undefined for nothing.
 */
export async function allOf<T, U>(
  what: string,
  pages: AsyncIterable<readonly T[]>,
  pick: (item: T) => U | undefined,
): Promise<readonly U[]> {
  const all: U[] = [];
  let count = 0;
  for await (const page of pages) {
    for (const item of page) {
      const picked = pick(item);
      if (picked !== undefined) all.push(picked);
    }
    count += 1;
    if (count > mostPages || all.length > mostItems) throw endless(what);
  }
  return all;
}

/** Problem 'cloud-refused' for a list that is longer than any. */
export function endless(what: string): Problem {
  return new Problem('cloud-refused', {
    detail: `The list that ${what} gives has no end.`,
    next: 'Check the endpoints in the settings. Its sessions stay as they are.',
  });
}
