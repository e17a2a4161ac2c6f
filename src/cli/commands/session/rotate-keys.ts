import type { Command } from 'commander';
import { printable } from '../../../models/printable.ts';
import { addExamples, jsonOption, sessionArgument, yesOption } from '../../arguments/help.ts';
import type { Context } from '../../context.ts';
import { CommandFailure } from '../../failure.ts';
import type { HistoryEntryView, SessionView } from '../../owner/owner-client.ts';
import { readSession, type Snapshot } from '../../prompts/subscription.ts';
import { waitUntil } from '../../prompts/wait-until.ts';
import { namedSession } from '../../sessions/find-session.ts';
import { confirmRemoval } from '../../terminal/confirm.ts';
import { printJson, say } from '../../terminal/shell.ts';

interface Flags {
  readonly finish?: boolean;
  readonly yes?: boolean;
  readonly json?: boolean;
}

/** How long AWS may take to know the new key and to answer, in milliseconds. */
const cloudPatience = 4 * 60_000;

export function addSessionRotateKeys(session: Command, context: Context): void {
  const command = session
    .command('rotate-keys')
    .description('replace the access key of an IAM user by a new one')
    .argument(...sessionArgument)
    .option('--finish', 'delete the old key, which the rotation before deactivated')
    .option(...yesOption)
    .option(...jsonOption)
    .addHelpText(
      'after',
      '\nStint makes a new key, tries it until AWS accepts it, and deactivates the old one. If a step fails, ' +
        'it deletes the new key and keeps the old one. The old key stays, deactivated, until you run this ' +
        'with --finish, or for the days of the setting delete-old-key-after-days. An active session keeps ' +
        'its credentials and uses the new key at its next renewal.\n' +
        'The user needs iam:ListAccessKeys, iam:CreateAccessKey, iam:UpdateAccessKey and iam:DeleteAccessKey.',
    )
    .action((name: string | undefined, flags: Flags) => rotateKeys(context, name, flags));
  addExamples(
    command,
    'stint session rotate-keys payments',
    'stint session rotate-keys payments --finish',
  );
}

async function rotateKeys(context: Context, name: string | undefined, flags: Flags): Promise<void> {
  const { owner, shell } = context;
  const before = await namedSession(context, name);
  const { sessionId } = before;
  const finish = flags.finish === true;
  await confirm(context, before, flags);
  const last = await latest(context, sessionId);
  const answer = await owner.request('POST', '/v1/sessions/{id}/rotate-keys', {
    path: { id: sessionId },
    body: { finish },
  });
  const session =
    'prompts' in answer ? await followed(context, before, last?.entryId ?? 0) : answer.session;
  if (session !== undefined) say(shell, outcome(session, finish));
  if (flags.json === true) printJson(shell, session === undefined ? answer : { session });
}

async function confirm({ shell }: Context, session: SessionView, flags: Flags): Promise<void> {
  const name = printable(session.sessionName);
  const question =
    flags.finish === true
      ? `Delete the old access key of ${name}? Programs that still use it cannot be helped then.`
      : `Replace the access key of ${name}? Programs that use the old key outside Stint stop working.`;
  await confirmRemoval(shell, question, { yes: flags.yes, refused: 'Nothing was changed' });
}

/** Asks at the terminal until the rotation has ended. Undefined if nobody is there to answer. */
async function followed(
  context: Context,
  { sessionId, sessionName }: SessionView,
  since: number,
): Promise<SessionView | undefined> {
  const read = async (): Promise<Snapshot<Ended>> => {
    const [{ value, prompts }, last] = await Promise.all([
      readSession(context.owner, sessionId),
      latest(context, sessionId),
    ]);
    const end = last !== undefined && last.entryId > since ? last : undefined;
    return { value: { session: value, end }, prompts };
  };
  const ended = await waitUntil(context, read, ({ end }) => end !== undefined, cloudPatience);
  if (ended?.end?.kind !== 'key-rotation-failed') return ended?.session;
  throw new CommandFailure('failed', ended.end.message ?? `The keys of ${sessionName} stay.`);
}

interface Ended {
  readonly session: SessionView;
  readonly end: HistoryEntryView | undefined;
}

/** The latest entry of the history that ends an operation on the keys. */
async function latest(
  { owner }: Context,
  sessionId: string,
): Promise<HistoryEntryView | undefined> {
  const pages = await Promise.all(
    (['key-deactivated', 'key-deleted', 'key-rotation-failed'] as const).map((kind) =>
      owner.request('GET', '/v1/history', { query: { session: sessionId, kind, limit: 1 } }),
    ),
  );
  const entries = pages.flatMap(({ items }) => items);
  return entries.sort((one, other) => other.entryId - one.entryId)[0];
}

function outcome(session: SessionView, finish: boolean): string {
  const name = printable(session.sessionName);
  if (finish) return `${name}: the old access key is deleted.`;
  const oldKey = session.type === 'awsIamUser' ? printable(session.keyRotation?.oldKey ?? '') : '';
  return (
    `${name} has a new access key. The old one, ${oldKey}, is deactivated. If nothing misses it, delete ` +
    `it: stint session rotate-keys ${session.sessionId} --finish`
  );
}
