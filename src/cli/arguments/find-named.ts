import type { Context } from '../context.ts';
import { CommandFailure } from '../failure.ts';
import { pick } from '../terminal/picker.ts';
import { isInteractive } from '../terminal/shell.ts';
import { matchingItems, nearNames, suggestion, type Called } from './matching-names.ts';

/** An item with a name and an id, one of few. */
export interface Named extends Called {
  /** What tells it from others of the same name, such as a tenant. */
  readonly about?: string;
}

/**
 * The item that `name` means; see `matchingItems`. Without a name, the person picks one, or it is the
 * only one there is. `what`: its kind, and the command that lists all of them. Throws CommandFailure
 * 'notFound', or 'usage' if several match or there is no terminal to pick at.
 */
export async function findNamed<T extends Named>(
  { shell }: Context,
  items: readonly T[],
  name: string | undefined,
  { what, listedBy }: { readonly what: string; readonly listedBy: string },
): Promise<T> {
  const matching = name === undefined ? items : matchingItems(items, (item) => item, name);
  const [only, ...others] = matching;
  if (only === undefined) {
    if (name === undefined || items.length === 0) {
      throw new CommandFailure(
        'notFound',
        name === undefined ? `There is no ${what} yet.` : `There is no ${what} "${name}".`,
        `List them: ${listedBy}`,
      );
    }
    const near = nearNames(
      items.map((item) => item.name),
      name,
    );
    throw new CommandFailure(
      'notFound',
      `There is no ${what} "${name}".`,
      suggestion(near, listedBy),
    );
  }
  if (others.length === 0) return only;
  if (name !== undefined) throw severalMatch(name, `${what}s`, matching.map(line));
  if (!isInteractive(shell)) {
    throw new CommandFailure('usage', `Name the ${what}, or give its id.`);
  }
  return await pick(
    shell,
    `Which ${what}?`,
    matching.map((item) => ({
      label: [item.name, item.about ?? ''].filter((part) => part !== '').join('  '),
      value: item,
    })),
  );
}

/** The most that an error lists. */
const mostLines = 20;

/** Several things match a name. `lines`: each with its id and what tells it from the others. */
export function severalMatch(name: string, what: string, lines: readonly string[]): CommandFailure {
  const more = lines.length - mostLines;
  const shown = lines.slice(0, mostLines).map((one) => `  ${one}`);
  return new CommandFailure(
    'usage',
    `"${name}" matches ${lines.length} ${what}.`,
    `Use more of the name, or one of these ids:\n${[...shown, ...(more > 0 ? [`  and ${more} more`] : [])].join('\n')}`,
  );
}

function line({ id, name, about = '' }: Named): string {
  return [id, name, about].filter((part) => part !== '').join('  ');
}
