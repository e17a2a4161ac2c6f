import { Problem } from '../../../models/problem.ts';

/** How many more nodes aliases may make of a file than it has: a few lines can name billions. */
const mostAliases = 100;

/** As large as an export of 10,000 sessions, and deeper than any of these files. */
const mostCharacters = 4_000_000;
const deepest = 100;

/**
 * The content of a YAML file as plain objects. `scalars` 'text': all are texts, so that account ids keep their zeros.
 * Throws Problem 'file-unreadable' naming the line.
 */
export async function readYaml(
  text: string,
  { file, scalars }: { readonly file: string; readonly scalars: 'text' | 'typed' },
): Promise<unknown> {
  if (text.length > mostCharacters) throw unreadable(file, 'it has more than 4 MB');
  if (isTooDeep(text)) throw unreadable(file, `its YAML is nested more than ${deepest} deep`);
  const { LineCounter, parseDocument } = await import('yaml');
  const lines = new LineCounter();
  try {
    const schema = scalars === 'text' ? 'failsafe' : 'core';
    const document = parseDocument(text, { lineCounter: lines, schema, prettyErrors: false });
    const [error] = document.errors;
    if (error === undefined) return document.toJS({ maxAliasCount: mostAliases }) as unknown;
    const { line } = lines.linePos(error.pos[0]);
    throw unreadable(file, `line ${line} is not valid YAML: ${error.message}`);
  } catch (error) {
    if (error instanceof Problem) throw error;
    // Too many aliases, or nesting that is too deep.
    throw unreadable(file, `its YAML cannot be resolved: ${(error as Error).message}`, error);
  }
}

/** By brackets and by dashes in a row, before anything is parsed: parsing deep nesting takes minutes. */
function isTooDeep(text: string): boolean {
  let depth = 0;
  for (const [bracket] of text.matchAll(/[[\]{}]/g)) {
    depth = '[{'.includes(bracket) ? depth + 1 : Math.max(0, depth - 1);
    if (depth > deepest) return true;
  }
  return /^(?:\s*[-?:][ \t]){100}/m.test(text);
}

function unreadable(file: string, why: string, cause?: unknown): Problem {
  return new Problem('file-unreadable', {
    detail: `${file} cannot be read: ${why.trim().replace(/\.$/, '')}. Stint did not change it.`,
    next: 'Correct the file, then try again.',
    cause,
  });
}
