import { Option, type Command } from 'commander';
import { roleSchema, scopes, type Role, type Scope } from '../../models/scope.ts';
import { collect } from '../arguments/field-flags.ts';
import { findNamed } from '../arguments/find-named.ts';
import { duration } from '../arguments/flag-values.ts';
import {
  addExamples,
  addExamplesBelow,
  jsonOption,
  yesOption,
  type Json,
} from '../arguments/help.ts';
import { rethrowAsTyped } from '../arguments/typed-names.ts';
import type { Context } from '../context.ts';
import { CommandFailure, exitCodes } from '../failure.ts';
import type { NewToken, TokenView } from '../owner/owner-client.ts';
import { findSession } from '../sessions/find-session.ts';
import { askUntilAnswered } from '../terminal/ask.ts';
import { confirmRemoval } from '../terminal/confirm.ts';
import { instantText } from '../terminal/instant-text.ts';
import { addListOutput, printList, type ListOutput } from '../terminal/list-output.ts';
import { isInteractive, print, printJson, readPiped, say } from '../terminal/shell.ts';
import type { Column } from '../terminal/table.ts';

interface Rights extends Json {
  readonly name?: string;
  readonly role?: Role;
  readonly scope?: readonly Scope[];
  readonly session?: string;
  readonly expiresIn?: string;
}

export function addTokenCommand(program: Command, context: Context): void {
  const token = program
    .command('token')
    .description('client tokens, with which programs use the API');
  token
    .command('create')
    .description('make a client token and print it, once')
    .option('--name <NAME>', 'who uses it; the history shows it')
    .addOption(new Option('--role <ROLE>', 'what it may do').choices(roleSchema.options))
    .addOption(
      new Option('--scope <SCOPE>', 'only this scope of the role; repeat it for several')
        .choices(scopes)
        .argParser(scopesGiven),
    )
    .option('--session <NAME>', 'only the credentials of this one session')
    .option('--expires-in <DURATION>', 'how long it is valid, such as 8h; 30min if omitted')
    .option(...jsonOption)
    .action((flags: Rights) => create(context, flags));
  addListOutput(
    token.command('list').description('list client tokens, newest first'),
    columns,
  ).action((flags: ListOutput) => list(context, flags));
  token
    .command('revoke')
    .description('revoke a client token, and what was made with it')
    .argument('[TOKEN]', 'name, id or a part of them (omit to pick from a list)')
    .action((name: string | undefined) => revoke(context, name));
  token
    .command('verify')
    .description('say what the client token on standard input allows')
    .option(...jsonOption)
    .action((flags: Json) => verify(context, flags));
  token
    .command('reset-key')
    .description('revoke every client token at once')
    .option('--forget', 'also clear the list of client tokens')
    .option(...yesOption)
    .action((flags: Reset) => resetKey(context, flags));
  addExamplesBelow(token, {
    create: ['stint token create --name ci --role operator --expires-in 8h'],
    list: ['stint token list'],
    revoke: ['stint token revoke ci'],
    verify: ['stint token verify < payments.token'],
    'reset-key': ['stint token reset-key'],
  });
  addExamples(
    token,
    'stint token create --role viewer --expires-in 8h',
    'stint token create --session payments > payments.token',
    'stint token verify < payments.token',
  );
}

function scopesGiven(text: string, before?: readonly string[]): readonly string[] {
  if ((scopes as readonly string[]).includes(text)) return collect(text, before);
  throw new CommandFailure(
    'usage',
    `--scope: there is no scope "${text}".`,
    `Scopes: ${scopes.join(', ')}`,
  );
}

/** What the person typed for each field; see `rethrowAsTyped`. */
const typedNames = {
  name: '--name',
  role: '--role',
  scopes: '--scope',
  sessionId: '--session',
  expires_in: '--expires-in',
};

async function create(context: Context, flags: Rights): Promise<void> {
  const { owner, shell } = context;
  const { name, role, scope, session, expiresIn, json } = flags;
  const bound = session === undefined ? undefined : await findSession(context, session);
  const body: NewToken = {
    ...(name === undefined ? {} : { name }),
    ...(role === undefined ? {} : { role }),
    ...(scope === undefined ? {} : { scopes: [...scope] }),
    ...(bound === undefined ? {} : { sessionId: bound.sessionId }),
    ...(expiresIn === undefined ? {} : { expires_in: duration(expiresIn, '--expires-in') }),
  };
  const made = await owner
    .request('POST', '/v1/tokens', { body })
    .catch(rethrowAsTyped(typedNames));
  if (json === true) {
    printJson(shell, made);
    return;
  }
  print(shell, made.token);
  say(shell, `Valid until ${instantText(made.expiresAt)}. Stint does not show it again.`);
  say(shell, `To revoke it: stint token revoke ${made.tokenId}`);
}

const columns: readonly Column<TokenView>[] = [
  { title: 'name', value: ({ name }) => name, yields: 0 },
  { title: 'role', value: ({ role }) => role },
  { title: 'state', value: stateOf },
  { title: 'issued', value: ({ issuedAt }) => instantText(issuedAt), yields: 2 },
  { title: 'until', value: ({ expiresAt }) => instantText(expiresAt), yields: 1 },
  { title: 'session', value: ({ sessionId = '' }) => sessionId, onRequest: true },
  { title: 'scopes', value: ({ scopes: granted }) => granted.join(' '), onRequest: true },
  { title: 'id', value: ({ tokenId }) => tokenId, yields: 3 },
];

function stateOf({ revokedAt, expiresAt }: TokenView): string {
  if (revokedAt !== undefined) return 'revoked';
  return Date.parse(expiresAt) <= Date.now() ? 'expired' : 'valid';
}

async function list({ owner, shell }: Context, output: ListOutput): Promise<void> {
  const { items } = await owner.request('GET', '/v1/tokens');
  if (printList(shell, items, columns, output) === 0 && output.json !== true) {
    say(shell, 'There are no client tokens. Make one: stint token create');
  }
}

async function revoke(context: Context, name: string | undefined): Promise<void> {
  const { owner, shell } = context;
  const { items } = await owner.request('GET', '/v1/tokens');
  const valid = items
    .filter((one) => stateOf(one) === 'valid')
    .map((one) => ({
      id: one.tokenId,
      name: one.name,
      about: `${one.role}, until ${instantText(one.expiresAt)}`,
    }));
  const what = { what: 'client token', listedBy: 'stint token list' };
  const found = await findNamed(context, valid, name, what);
  await owner.request('DELETE', '/v1/tokens/{id}', { path: { id: found.id } });
  say(shell, `Revoked ${found.name}. It no longer works, nor does what was made with it.`);
}

async function verify(context: Context, { json }: Json): Promise<void> {
  const { owner, shell } = context;
  const text = isInteractive(shell)
    ? await askUntilAnswered(shell, 'Client token', { hidden: true })
    : await readPiped(shell);
  const token = text.trim();
  if (token === '') {
    throw new CommandFailure(
      'usage',
      'There is no token on standard input.',
      'For example: stint token verify < payments.token',
    );
  }
  const answer = await owner
    .request('POST', '/v1/tokens/verify', { body: { token } })
    .catch(rethrowAsTyped({ token: 'the token' }));
  if (!answer.valid) context.endWith(exitCodes.failed);
  if (json === true) {
    printJson(shell, answer);
  } else if (answer.valid) {
    const { subject = '', role = '', scopes: granted = [], sessionId, expiresAt } = answer;
    const until = expiresAt === undefined ? '' : `, until ${instantText(expiresAt)}`;
    print(shell, `valid: ${subject}, ${role}${until}`);
    if (sessionId !== undefined) print(shell, `session: ${sessionId}`);
    print(shell, `scopes: ${granted.join(' ')}`);
  } else {
    say(shell, 'The token is not valid: it has expired, was revoked, or is not from this Stint.');
  }
}

interface Reset {
  readonly forget?: boolean;
  readonly yes?: boolean;
}

async function resetKey({ owner, shell }: Context, { forget, yes }: Reset): Promise<void> {
  const question = 'Revoke every client token, also those of open windows?';
  await confirmRemoval(shell, question, { yes, refused: 'Nothing was revoked' });
  await owner.request('POST', '/v1/tokens/reset-key', {
    body: forget === true ? { forget } : {},
  });
  say(shell, `All client tokens are revoked${forget === true ? ' and forgotten' : ''}.`);
}
