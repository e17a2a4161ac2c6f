/** What the palette can find. `weight`: how much it is used, at least 0. */
export interface Ranked {
  readonly text: string;
  /** Texts that count too, and are not shown. */
  readonly keywords: readonly string[];
  readonly weight: number;
}

/** Where a word matches in a text: from, and up to before, a character. */
export type Range = readonly [from: number, to: number];

/** How a word matches: at the beginning of a word of the text, inside one, or only in a keyword. */
const quality = { beginning: 2, inside: 1, keyword: 0 } as const;

/** The words of a query in lower case. */
export function queryWords(query: string): readonly string[] {
  return query
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
}

/** The items that have every word: first those whose words begin so, then the most used, then by name. */
export function ranked<T extends Ranked>(
  items: readonly T[],
  words: readonly string[],
): readonly T[] {
  return items
    .map((item) => ({ item, quality: qualityOf(item, words) }))
    .filter((found): found is { item: T; quality: number } => found.quality !== undefined)
    .sort(
      (a, b) =>
        b.quality - a.quality ||
        b.item.weight - a.item.weight ||
        a.item.text.localeCompare(b.item.text, 'en', { numeric: true }),
    )
    .map(({ item }) => item);
}

/** Where the words are in a text, in order and without overlaps; for words that it does not have, nothing. */
export function highlights(text: string, words: readonly string[]): readonly Range[] {
  const found = words
    .map((word): Range | undefined => {
      const at = positionIn(text.toLowerCase(), word);
      return at === undefined ? undefined : [at.index, at.index + word.length];
    })
    .filter((range) => range !== undefined)
    .sort((a, b) => a[0] - b[0]);
  const merged: Range[] = [];
  for (const [from, to] of found) {
    const last = merged.at(-1);
    if (last !== undefined && from <= last[1]) {
      merged[merged.length - 1] = [last[0], Math.max(last[1], to)];
    } else {
      merged.push([from, to]);
    }
  }
  return merged;
}

/** The least quality of its words; undefined if it does not have all of them. */
function qualityOf({ text, keywords }: Ranked, words: readonly string[]): number | undefined {
  let least: number = quality.beginning;
  const lower = text.toLowerCase();
  for (const word of words) {
    const at = positionIn(lower, word);
    if (at === undefined && !keywords.some((one) => one.toLowerCase().includes(word))) {
      return undefined;
    }
    least = Math.min(least, at?.quality ?? quality.keyword);
  }
  return least;
}

/** The first beginning of a word, else the first match anywhere. */
function positionIn(
  text: string,
  word: string,
): { readonly index: number; readonly quality: number } | undefined {
  let index = text.indexOf(word);
  const first = index;
  while (index >= 0) {
    if (index === 0 || !/[\p{L}\p{N}]/u.test(text.charAt(index - 1))) {
      return { index, quality: quality.beginning };
    }
    index = text.indexOf(word, index + 1);
  }
  return first < 0 ? undefined : { index: first, quality: quality.inside };
}
