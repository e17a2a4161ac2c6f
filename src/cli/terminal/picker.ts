import { Writable, type Readable } from 'node:stream';
import { printable } from '../../models/printable.ts';
import { searchable } from '../../models/spelling.ts';
import { CommandFailure } from '../failure.ts';
import type { Shell } from './shell.ts';

export interface Choice<T> {
  readonly label: string;
  readonly value: T;
}

/** Lines of the screen besides the choices: the question, the keys, a blank one. */
const otherLines = 4;

/**
 * A list at the terminal that narrows as the person types and never fills more than the screen. Choices
 * keep their order until then. Throws CommandFailure if they press Ctrl-C.
 */
export async function pick<T>(
  shell: Shell,
  question: string,
  choices: readonly Choice<T>[],
): Promise<T> {
  const { default: search } = await import('@inquirer/search');
  const narrow = await narrowing(choices.map(({ label }) => label));
  const { columns = 80, rows = 24 } = shell.stderr as { columns?: number; rows?: number };
  const named = choices.map(({ label, value }, index) => {
    const name = cut(printable(label), columns - 4);
    return { name, short: name, value: { index, value } };
  });
  try {
    const { value } = await search<{ readonly index: number; readonly value: T }>(
      {
        message: printable(question),
        pageSize: Math.max(3, Math.min(rows - otherLines, 20)),
        source: (typed) => narrow(typed ?? '').flatMap((index) => named[index] ?? []),
      },
      { input: shell.stdin as Readable as NodeJS.ReadableStream, output: keptOpen(shell, columns) },
    );
    return value;
  } catch (error) {
    if (error instanceof Error && error.name === 'ExitPromptError') {
      throw new CommandFailure('interrupted', 'Cancelled.');
    }
    throw error;
  }
}

/** The library ends its output, and more is written to the terminal after it. */
function keptOpen({ stderr }: Shell, columns: number): Writable {
  const output = new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      stderr.write(chunk);
      done();
    },
  });
  return Object.assign(output, { columns });
}

/** Which labels fit what was typed, best first: words in any order, with letters missing. */
async function narrowing(labels: readonly string[]): Promise<(typed: string) => readonly number[]> {
  const { default: Fuzzy } = await import('@leeoniya/ufuzzy');
  // As the library's page gives them for text in all scripts, with anything between two letters.
  const fuzzy = new Fuzzy({
    unicode: true,
    interSplit: String.raw`[^\p{L}\d']+`,
    intraSplit: String.raw`\p{Ll}\p{Lu}`,
    intraBound: String.raw`\p{L}\d|\d\p{L}|\p{Ll}\p{Lu}`,
    intraChars: '.',
    intraContr: String.raw`'\p{L}{1,2}\b`,
    intraIns: Infinity,
  });
  const haystack = labels.map(searchable);
  const all = labels.map((_label, index) => index);
  return (typed) => {
    const needle = searchable(typed.trim());
    if (needle === '') return all;
    const literal = all.filter((index) => haystack[index]?.includes(needle));
    const [found, info, order] = fuzzy.search(haystack, needle, 1, 1000);
    const ranked = info !== null ? order.map((at) => info.idx[at] ?? 0) : (found ?? []);
    return [...new Set([...literal, ...ranked])];
  };
}

function cut(text: string, width: number): string {
  const characters = Array.from(text);
  return characters.length <= width ? text : `${characters.slice(0, width - 1).join('')}…`;
}
