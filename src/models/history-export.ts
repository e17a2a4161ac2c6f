import * as z from 'zod';
import type { HistoryEntry } from './history.ts';

export const exportFormatSchema = z.enum(['json', 'csv']);
export type ExportFormat = z.infer<typeof exportFormatSchema>;

const columns: readonly (readonly [title: string, value: (entry: HistoryEntry) => unknown])[] = [
  ['entryId', ({ entryId }) => entryId],
  ['at', ({ at }) => at],
  ['kind', ({ kind }) => kind],
  ['sessionId', ({ sessionId }) => sessionId],
  ['sessionName', ({ sessionName }) => sessionName],
  ['runId', ({ runId }) => runId],
  ['reason', ({ reason }) => reason],
  ['message', ({ message }) => message],
  ['by', ({ by }) => by],
  ['role', ({ actor }) => actor?.role],
  ['tokenId', ({ actor }) => actor?.tokenId],
  ['via', ({ actor }) => actor?.via],
  ['changes', ({ changes }) => changes],
  ['snapshot', ({ snapshot }) => snapshot],
];

/**
 * Entries as a file, in pieces of one page: a JSON array with one entry on each line, or CSV (RFC 4180)
 * with a line of titles.
 */
export async function* exportText(
  format: ExportFormat,
  pages: AsyncIterable<readonly HistoryEntry[]> | Iterable<readonly HistoryEntry[]>,
): AsyncGenerator<string> {
  if (format === 'csv') {
    yield csvLine(columns.map(([title]) => title));
    for await (const page of pages) yield page.map(csvEntry).join('');
    return;
  }
  let separator = '[\n';
  for await (const page of pages) {
    if (page.length === 0) continue;
    yield separator + page.map((entry) => JSON.stringify(entry)).join(',\n');
    separator = ',\n';
  }
  yield separator === '[\n' ? '[]\n' : '\n]\n';
}

function csvEntry(entry: HistoryEntry): string {
  return csvLine(columns.map(([, value]) => harmless(textOf(value(entry)))));
}

function textOf(value: unknown): string {
  if (value === undefined) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** A spreadsheet runs what begins like a formula, in quotes too (owasp.org, "CSV Injection"). */
function harmless(text: string): string {
  return /^[=+\-@\t\r\n＝＋－＠]/.test(text) ? `'${text}` : text;
}

function csvLine(fields: readonly string[]): string {
  return `${fields.map(csvField).join(',')}\r\n`;
}

function csvField(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
