import type { Schemas } from '../../client/client.ts';
import { CommandFailure, exitCodes } from '../failure.ts';
import type { Context } from '../context.ts';
import { printable } from '../../models/printable.ts';
import { leftoverText } from '../sessions/leftover-text.ts';
import { ask } from '../terminal/ask.ts';
import { instantText } from '../terminal/instant-text.ts';
import { isInteractive, print, printJson, say } from '../terminal/shell.ts';

export type Change = Schemas['Change'];

interface RestoreFlags {
  /** Ids, or the first characters of them; none to be asked about each. */
  readonly ids: readonly string[];
  readonly all?: boolean | undefined;
  readonly yes?: boolean | undefined;
  readonly json?: boolean | undefined;
}

/** Lists what Stint holds on this machine, one thing in two lines. */
export function showHeld({ shell }: Pick<Context, 'shell'>, changes: readonly Change[]): void {
  print(shell, '\nWhat Stint holds on this machine');
  const widest = Math.max(...changes.map(({ id }) => id.length));
  for (const change of changes) {
    print(shell, `${change.id.padEnd(widest)}  ${textOf(change)}`);
    if (change.file !== undefined) print(shell, `${' '.repeat(widest)}  ${change.file}`);
  }
  if (changes.some(({ restorable }) => restorable)) {
    print(
      shell,
      'Put one back: stint doctor --restore ID. Everything: stint doctor --restore --all',
    );
  }
}

/** Puts things back, one by one, after a yes for each or `yes` for all. */
export async function restoreHeld(context: Context, flags: RestoreFlags): Promise<void> {
  const { owner, shell } = context;
  const { ids, all, yes, json } = flags;
  if (all === true && ids.length > 0) {
    throw new CommandFailure('usage', 'Give ids or --all, not both.');
  }
  if (yes === true && all !== true && ids.length === 0) {
    throw new CommandFailure('usage', '--yes needs ids or --all.', 'List the ids: stint doctor');
  }
  if (yes !== true && !isInteractive(shell)) {
    throw new CommandFailure(
      'usage',
      'Nobody is here to say yes, so Stint put nothing back.',
      'Add --yes: stint doctor --restore --all --yes',
    );
  }
  const { items } = await owner.request('GET', '/v1/changes');
  const wanted =
    ids.length > 0 ? ids.map((id) => find(items, id)) : items.filter((one) => one.restorable);
  if (wanted.length === 0) say(shell, 'Stint holds nothing that can be put back.');
  const answers = [];
  for (const change of wanted) {
    // What one thing puts back may be another one on the list.
    if (yes !== true && !(await isStillHeld(context, change))) continue;
    if (yes !== true && !(await agreed(context, change))) continue;
    answers.push(await restoreOne(context, change));
  }
  if (json === true) printJson(shell, answers);
}

/** Throws CommandFailure 'usage' where several ids begin so. An id that is not listed is the owner's to judge. */
function find(items: readonly Change[], typed: string): Pick<Change, 'id'> & Partial<Change> {
  const found = items.filter(({ id }) => id.startsWith(typed));
  const [first, second] = found;
  if (first === undefined || first.id === typed) return first ?? { id: typed };
  if (second === undefined) return first;
  throw new CommandFailure(
    'usage',
    `${typed} can mean: ${found.map(({ id }) => id).join(', ')}`,
    'Give the whole id.',
  );
}

async function isStillHeld({ owner }: Context, { id }: Pick<Change, 'id'>): Promise<boolean> {
  const { items } = await owner.request('GET', '/v1/changes');
  return items.some((one) => one.id === id);
}

async function agreed(
  { shell }: Context,
  change: Pick<Change, 'id'> & Partial<Change>,
): Promise<boolean> {
  const text = change.what === undefined ? change.id : textOf({ what: '', how: '', ...change });
  say(shell, text);
  if (change.file !== undefined) say(shell, `  ${change.file}`);
  const answer = await ask(shell, `Put it back? ${change.how ?? ''} [y/N]`);
  return /^y(es)?$/i.test(answer.trim());
}

async function restoreOne(
  context: Context,
  { id, what = id }: Pick<Change, 'id'> & Partial<Change>,
): Promise<Schemas['RestoreResult'] & { readonly id: string }> {
  const { owner, shell } = context;
  const answer = await owner.request('POST', '/v1/changes/{id}/restore', { path: { id } });
  const { restored, stopped, issuedUntil, leftovers } = answer;
  if (stopped !== undefined) say(shell, `${printable(stopped.sessionName)} is stopped.`);
  if (issuedUntil !== undefined) {
    say(shell, `Copies of its credentials work until ${instantText(issuedUntil)}.`);
  }
  say(shell, restored ? `Put back: ${what}` : `Not put back yet: ${what}`);
  for (const leftover of leftovers) say(shell, `  ${leftoverText(leftover)}`);
  if (!restored) context.endWith(exitCodes.failed);
  return { id, ...answer };
}

function textOf({
  what,
  session,
}: Pick<Change, 'what'> & Partial<Pick<Change, 'session'>>): string {
  if (session === undefined) return what;
  return `${what}, of session ${session.sessionName ?? session.sessionId}`;
}
