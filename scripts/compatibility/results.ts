import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Row } from './page.ts';

/** What a run over one cloud found, kept so that a run over the other can write the page. */
export interface CloudResults {
  readonly rows: readonly Row[];
  readonly missing: readonly string[];
}
export type Results = Readonly<Partial<Record<Row['cloud'], CloudResults>>>;

const fileIn = (cache: string) => join(cache, 'results.json');

/** The results of earlier runs; none where there are none. */
export async function readResults(cache: string): Promise<Results> {
  const text = await readFile(fileIn(cache), 'utf8').catch(() => '{}');
  return JSON.parse(text) as Results;
}

/**
 * The rows of a run that tried some deliveries, each with what an earlier run found for the others. A
 * client in another version begins again; one that was not there this time keeps its earlier row.
 */
export function withEarlier(rows: readonly Row[], earlier: readonly Row[]): readonly Row[] {
  const location = ({ client, from }: Row) => `${client.name} ${from}`;
  const key = (row: Row) => `${location(row)} ${row.version}`;
  const known = new Map(earlier.map((row) => [key(row), row.outcomes]));
  const now = rows.map((row) => ({
    ...row,
    outcomes: { ...known.get(key(row)), ...row.outcomes },
  }));
  const [keys, locations] = [new Set(rows.map(key)), new Set(rows.map(location))];
  // npm's clients are in several versions on one machine.
  const isElsewhere = (row: Row) =>
    !keys.has(key(row)) && (row.from === 'npm' || !locations.has(location(row)));
  return [...now, ...earlier.filter(isElsewhere)];
}

/** By client in the given order, then machine and version. */
export function inOrder(rows: readonly Row[], clients: readonly string[]): readonly Row[] {
  const isHere = ({ from }: Row) => Number(from === 'machine');
  const versions = new Intl.Collator('en', { numeric: true });
  return rows.toSorted(
    (a, b) =>
      clients.indexOf(a.client.name) - clients.indexOf(b.client.name) ||
      isHere(b) - isHere(a) ||
      versions.compare(a.from, b.from) ||
      versions.compare(a.version, b.version),
  );
}

/** Keeps the results for a later run. */
export async function keepResults(cache: string, results: Results): Promise<void> {
  await mkdir(dirname(fileIn(cache)), { recursive: true });
  await writeFile(fileIn(cache), JSON.stringify(results));
}
