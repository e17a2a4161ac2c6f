import { styleText } from 'node:util';
import type { Command } from 'commander';
import { printable } from '../../models/printable.ts';
import { addExamples, addExamplesBelow, jsonOption, type Json } from '../arguments/help.ts';
import { rethrowAsTyped } from '../arguments/typed-names.ts';
import type { Context } from '../context.ts';
import { CommandFailure } from '../failure.ts';
import type { ProfileView, PublicationResult } from '../owner/owner-client.ts';
import { addListOutput, printList, type ListOutput } from '../terminal/list-output.ts';
import { hasColour, printJson, printPainted, say, type Shell } from '../terminal/shell.ts';
import type { Column } from '../terminal/table.ts';

interface Choice extends Json {
  readonly all?: boolean;
  readonly dryRun?: boolean;
}

interface Row {
  readonly profile: ProfileView;
  readonly session: ProfileView['sessions'][number] | undefined;
  readonly isPublished: boolean;
}

const columns: readonly Column<Row>[] = [
  { title: 'profile', value: ({ profile }) => profile.profileName, yields: 0 },
  { title: 'session', value: ({ session }) => session?.sessionName ?? '(removed)', yields: 0 },
  { title: 'region', value: ({ session }) => session?.region ?? '', yields: 2 },
  { title: 'delivery', value: ({ session }) => session?.delivery ?? '', yields: 3 },
  { title: 'status', value: ({ session }) => session?.status ?? '' },
  { title: 'published', value: ({ isPublished }) => (isPublished ? 'yes' : ''), yields: 1 },
  { title: 'id', value: ({ session }) => session?.sessionId ?? '', onRequest: true },
];

const names = ['[NAME...]', 'profile names'] as const;
const dryRun = ['--dry-run', 'only show what would change'] as const;

export function addProfileCommand(program: Command, context: Context): void {
  const profile = program
    .command('profile')
    .summary('names of AWS profiles, and permanent ones in ~/.aws/config')
    .description('the AWS profiles that Stint uses: names, and permanent ones in ~/.aws/config');
  addListOutput(profile.command('list').description('list profiles'), columns).action(
    (flags: ListOutput) => list(context, flags),
  );
  profile
    .command('rename')
    .description('give the sessions of a profile another profile name')
    .argument('<OLD>', 'profile name')
    .argument('<NEW>', 'its new name')
    .option(...jsonOption)
    .action((from: string, to: string, flags: Json) => rename(context, from, to, flags));
  profile
    .command('publish')
    .description('write permanent profiles that ask Stint for credentials')
    .argument(...names)
    .option('--all', 'publish every profile')
    .option('--prune', 'remove published profiles whose session is gone')
    .option(...dryRun)
    .option(...jsonOption)
    .action((profileNames: string[], flags: Choice & { readonly prune?: boolean }) =>
      publish(context, profileNames, flags),
    );
  profile
    .command('unpublish')
    .description('remove published profiles, byte for byte')
    .argument(...names)
    .option('--all', 'remove every published profile')
    .option(...dryRun)
    .option(...jsonOption)
    .action((profileNames: string[], flags: Choice) => unpublish(context, profileNames, flags));
  addExamplesBelow(profile, {
    list: ['stint profile list', 'stint profile list --columns profile,session --csv'],
    rename: ['stint profile rename payments pay-prod'],
    publish: ['stint profile publish payments', 'stint profile publish --all --prune --dry-run'],
    unpublish: ['stint profile unpublish payments', 'stint profile unpublish --all'],
  });
  addExamples(
    profile,
    'stint profile publish --all --dry-run',
    'stint profile publish payments && aws --profile payments s3 ls',
    'stint profile rename payments pay-prod',
  );
}

async function list({ owner, shell }: Context, flags: ListOutput): Promise<void> {
  const { items } = await owner.request('GET', '/v1/profiles');
  const rows = items.flatMap(rowsOf);
  if (flags.json === true) {
    const { columns: _ignored, ...others } = flags;
    printList(shell, items, [], others);
    return;
  }
  const count = printList(shell, rows, columns, flags);
  if (count === 0) say(shell, 'There are no AWS sessions yet. Add one: stint session add');
  for (const { profile, session } of rows) {
    if (session?.deliveredAs !== undefined) say(shell, delivered(session, profile.profileName));
  }
  for (const { warning } of items) {
    if (warning !== undefined) say(shell, `Not every AWS SDK reads it: ${printable(warning)}.`);
  }
}

function rowsOf(profile: ProfileView): readonly Row[] {
  const { sessions, published, publishedFor, sessionGone } = profile;
  return [
    ...sessions.map((session) => ({
      profile,
      session,
      isPublished: published && publishedFor === session.sessionId,
    })),
    ...(sessionGone === true ? [{ profile, session: undefined, isPublished: true }] : []),
  ];
}

async function rename(
  { owner, shell }: Context,
  from: string,
  to: string,
  { json }: Json,
): Promise<void> {
  const renamed = await owner
    .request('POST', '/v1/profiles/rename', { body: { from, to } })
    .catch(rethrowAsTyped({ profileName: 'NEW', to: 'NEW', from: 'OLD' }));
  if (json === true) printJson(shell, renamed);
  const using = renamed.items.map(({ sessionName }) => printable(sessionName)).join(', ');
  say(shell, `Renamed profile ${printable(from)} to ${printable(to)}. It is used by ${using}.`);
  for (const session of renamed.items) {
    if (session.deliveredAs !== undefined) say(shell, delivered(session, to));
  }
}

/** About a run that began before its profile was renamed. */
function delivered(
  { sessionName, deliveredAs = '' }: ProfileView['sessions'][number],
  next: string,
): string {
  return (
    `${printable(sessionName)} is active as profile ${printable(deliveredAs)} until it stops. ` +
    `Its next start uses ${printable(next)}.`
  );
}

async function publish(
  context: Context,
  profileNames: readonly string[],
  { all, prune, dryRun: isDry, json }: Choice & { readonly prune?: boolean },
): Promise<void> {
  if (profileNames.length === 0 && all !== true && prune !== true) {
    throw new CommandFailure('usage', 'Name a profile, or use --all or --prune.');
  }
  const { owner, shell } = context;
  const body = {
    profileNames: [...profileNames],
    ...{ all: all === true, prune: prune === true, dryRun: isDry === true },
  };
  const result = await owner.request('POST', '/v1/profiles/publish', { body });
  if (json === true) printJson(shell, result);
  else showChanges(shell, result);
  for (const { profileName, reason } of result.skipped) {
    say(shell, `Skipped ${printable(profileName)}: ${printable(reason)}.`);
  }
  report(shell, result, isDry === true);
  const isNothing = profileNames.length > 0 && result.skipped.length === profileNames.length;
  if (isNothing) context.endWith(1);
}

async function unpublish(
  { owner, shell }: Context,
  profileNames: readonly string[],
  { all, dryRun: isDry, json }: Choice,
): Promise<void> {
  if (profileNames.length === 0 && all !== true) {
    throw new CommandFailure('usage', 'Name a profile, or use --all.');
  }
  const body = {
    profileNames: [...profileNames],
    ...{ all: all === true, dryRun: isDry === true },
  };
  const result = await owner.request('POST', '/v1/profiles/unpublish', { body });
  if (json === true) printJson(shell, result);
  else showChanges(shell, result);
  report(shell, result, isDry === true);
}

/** The sections as a diff. */
function showChanges(shell: Shell, { changes }: PublicationResult): void {
  const show = (sign: string, colour: 'red' | 'green', line: string) => {
    const text = `${sign} ${printable(line)}`;
    printPainted(
      shell,
      hasColour(shell) ? styleText(colour, text, { validateStream: false }) : text,
    );
  };
  for (const { before = '', after = '' } of changes) {
    const [was, is] = [before, after].map((text) => text.split('\n').filter((line) => line !== ''));
    for (const line of was ?? []) show('-', 'red', line);
    for (const line of is ?? []) show('+', 'green', line);
  }
}

function report(shell: Shell, { file, changes, published }: PublicationResult, isDry: boolean) {
  const count = published.length === 1 ? '1 profile' : `${published.length} profiles`;
  if (isDry) {
    say(shell, changes.length === 0 ? 'Nothing would change.' : `Nothing was changed in ${file}.`);
  } else if (changes.length === 0) say(shell, `Nothing to change: ${count} published in ${file}.`);
  else say(shell, `Changed ${file}: ${count} published.`);
}
