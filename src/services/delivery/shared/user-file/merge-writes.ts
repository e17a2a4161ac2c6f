/** What other programs wrote around a replacement of `before` by `after`. */
export interface WritesAround {
  readonly before: string;
  readonly after: string;
  /** What is in the file that was replaced: a program had it open and wrote it late. */
  readonly late: string;
  /** What is in the file that took its place, a moment later; undefined: it is gone. */
  readonly now: string | undefined;
}

/**
 * A text with what all of them wrote. Only additions can be merged: where others replaced the whole
 * text in both files, the one in place counts, which is the newer. `isAppendable`: other programs
 * append to such files.
 */
export function mergeWrites(
  { before, after, late, now }: WritesAround,
  isAppendable: boolean,
): string {
  if (now === undefined || now === after) return late;
  if (!isAppendable) return now;
  if (now.startsWith(after)) return joinLines(late, now.slice(after.length));
  return late.startsWith(before) ? joinLines(now, late.slice(before.length)) : now;
}

function joinLines(first: string, second: string): string {
  const isWhole = first === '' || second === '' || first.endsWith('\n') || second.startsWith('\n');
  return isWhole ? first + second : `${first}\n${second}`;
}
