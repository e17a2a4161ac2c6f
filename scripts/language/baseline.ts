import type { Finding } from './find.ts';

/** How often each file still uses each word. */
export type Counts = Readonly<Record<string, Readonly<Record<string, number>>>>;

export function countsOf(findings: readonly Finding[]): Counts {
  const counts: Record<string, Record<string, number>> = {};
  for (const { path, word } of findings) {
    const ofFile = (counts[path] ??= {});
    ofFile[word] = (ofFile[word] ?? 0) + 1;
  }
  return counts;
}

export interface Comparison {
  /** `path\nword` for each word a file uses more often than the baseline allows. */
  readonly excess: ReadonlySet<string>;
  /** The baseline without what is gone; it never grows. */
  readonly smaller: Counts;
}

export function compare(counts: Counts, baseline: Counts): Comparison {
  const excess = new Set<string>();
  const smaller: Record<string, Record<string, number>> = {};
  for (const [path, words] of Object.entries(counts)) {
    for (const [word, count] of Object.entries(words)) {
      const allowed = baseline[path]?.[word] ?? 0;
      if (count > allowed) excess.add(`${path}\n${word}`);
      if (allowed > 0) (smaller[path] ??= {})[word] = Math.min(count, allowed);
    }
  }
  return { excess, smaller };
}
