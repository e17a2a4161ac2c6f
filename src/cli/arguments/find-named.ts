import type { Context } from '../context.ts';
import { CommandFailure } from '../failure.ts';
import { pick } from '../terminal/picker.ts';
import { isInteractive } from '../terminal/shell.ts';

/** An item with a name and an id, one of few. */
export interface Named {
  readonly name: string;
  readonly id: string;
}

/**
 * The item with exactly this name or id. Without a name, the person picks one. `what`: its kind, and
 * the command that lists all of them. Throws CommandFailure 'notFound', or 'usage' if several have the
 * name or there is no terminal to pick at.
 */
export async function findNamed<T extends Named>(
  { shell }: Context,
  items: readonly T[],
  name: string | undefined,
  { what, listedBy }: { readonly what: string; readonly listedBy: string },
): Promise<T> {
  const matching = items.filter(
    (item) => name === undefined || [item.id, item.name].includes(name),
  );
  const [only, ...others] = matching;
  if (only === undefined) {
    const none = name === undefined ? `There is no ${what} yet.` : `There is no ${what} "${name}".`;
    throw new CommandFailure('notFound', none, `List them: ${listedBy}`);
  }
  if (others.length === 0) return only;
  if (name !== undefined) {
    throw new CommandFailure(
      'usage',
      `"${name}" is the name of ${matching.length}.`,
      `Use one of their ids:\n${matching.map(({ id }) => `  ${id}`).join('\n')}`,
    );
  }
  if (!isInteractive(shell)) {
    throw new CommandFailure('usage', `Name the ${what}, or give its id.`);
  }
  return await pick(
    shell,
    `Which ${what}?`,
    matching.map((item) => ({ label: item.name, value: item })),
  );
}
