import type { Context } from '../context.ts';
import { CommandFailure } from '../failure.ts';
import { pick } from '../terminal/picker.ts';
import { isInteractive } from '../terminal/shell.ts';

/** One of few things that have a name and an id. */
export interface Named {
  readonly name: string;
  readonly id: string;
}

/**
 * The one with this id or exactly this name; without a name the person chooses. `what`: a singular
 * with its article, and the command that lists them. Throws CommandFailure 'notFound', or 'usage'
 * where several have the name or nobody is there to choose.
 */
export async function findNamed<T extends Named>(
  { shell }: Context,
  items: readonly T[],
  name: string | undefined,
  { what, listedBy }: { readonly what: string; readonly listedBy: string },
): Promise<T> {
  const fitting = items.filter((item) => name === undefined || [item.id, item.name].includes(name));
  const [only, ...others] = fitting;
  if (only === undefined) {
    const none = name === undefined ? `There is no ${what} yet.` : `There is no ${what} "${name}".`;
    throw new CommandFailure('notFound', none, `\`${listedBy}\` shows those there are.`);
  }
  if (others.length === 0) return only;
  if (name !== undefined) {
    throw new CommandFailure(
      'usage',
      `${fitting.length} are named "${name}".`,
      `Say which by its id:\n${fitting.map(({ id }) => `  ${id}`).join('\n')}`,
    );
  }
  if (!isInteractive(shell)) {
    throw new CommandFailure('usage', `Say which ${what}: a name or an id.`);
  }
  return await pick(
    shell,
    `Which ${what}?`,
    fitting.map((item) => ({ label: item.name, value: item })),
  );
}
