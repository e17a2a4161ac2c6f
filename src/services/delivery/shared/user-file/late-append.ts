/**
 * `text` with what a program appended late to the file that was replaced, which held `before`: right
 * after that. If `text` no longer begins so, lines without a section of their own go to the end of the
 * section they were meant for, which was the last in `before`.
 */
export function withLateAppend(text: string, before: string, added: string): string {
  if (text.startsWith(before)) return insert(text, before.length, added);
  const header = /^\[[^\n]*$/gm;
  const last = before.match(header)?.at(-1);
  if (added.startsWith('[') || last === undefined) return insert(text, text.length, added);
  const headers = [...text.matchAll(header)];
  const meant = headers.findLastIndex(([line]) => line === last);
  return insert(
    text,
    headers[meant === -1 ? headers.length : meant + 1]?.index ?? text.length,
    added,
  );
}

function insert(text: string, at: number, added: string): string {
  const [start, rest] = [text.slice(0, at), text.slice(at)];
  const isWhole = added.endsWith('\n') || rest === '' || rest.startsWith('\n');
  return start + added + (isWhole ? '' : '\n') + rest;
}
