import type { Command } from 'commander';
import { addExamples, jsonOption, sessionsArgument } from '../arguments/help.ts';
import type { Context } from '../context.ts';
import { callerEnvironment } from '../environment/caller-environment.ts';
import type { Finding, SessionView } from '../owner/owner-client.ts';
import { reportPrompts } from '../prompts/report-prompts.ts';
import { eachSession } from '../sessions/each-session.ts';
import { namedSessions } from '../sessions/find-session.ts';
import { timeLeft } from '../sessions/session-text.ts';
import { waitUntilActive } from '../sessions/wait-until-active.ts';
import { printable } from '../terminal/printable.ts';
import { isInteractive, say, type Shell } from '../terminal/shell.ts';

interface StartFlags {
  readonly replaceSection?: boolean;
  readonly wait: boolean;
  readonly json?: boolean;
}

export function addStartCommand(program: Command, context: Context): void {
  const command = program
    .command('start')
    .description('start sessions, so that tools get their credentials')
    .argument(...sessionsArgument)
    .option('--replace-section', 'move your own profile section aside while the session is active')
    .option('--no-wait', 'do not wait for your answer to a question')
    .option(...jsonOption)
    .action((names: readonly string[], flags: StartFlags) => start(context, names, flags));
  addExamples(command, 'stint start payments', 'stint start payments reporting --no-wait');
}

async function start(context: Context, names: readonly string[], flags: StartFlags) {
  const { shell, owner } = context;
  const sessions = await namedSessions(context, names, ({ status }) => status === 'inactive');
  const body = {
    callerEnvironment: callerEnvironment(shell.env),
    ...(flags.replaceSection === true ? { replaceSection: true } : {}),
  };
  await eachSession(context, sessions, {
    json: flags.json,
    request: ({ sessionId }) =>
      owner.request('POST', '/v1/sessions/{id}/start', { path: { id: sessionId }, body }),
    async handle(answer) {
      warn(shell, answer.findings);
      if (!('prompts' in answer) || answer.prompts.length === 0) {
        reportActive(shell, answer.session);
        return answer;
      }
      if (!flags.wait || !isInteractive(shell)) {
        reportPrompts(context, answer.prompts);
        return answer;
      }
      const session = await waitUntilActive(context, answer.session.sessionId);
      reportActive(shell, session);
      return { session, findings: answer.findings };
    },
  });
}

function warn(shell: Shell, findings: readonly Finding[]): void {
  for (const { message, next } of findings) {
    say(shell, `Warning: ${printable(message)}`);
    say(shell, `  ${printable(next)}`);
  }
}

function reportActive(shell: Shell, session: SessionView): void {
  const left = timeLeft(session);
  say(
    shell,
    `${printable(session.sessionName)} is active${left === '' ? '' : `, ${left} left`}. ${usage(session)}`,
  );
}

function usage(session: SessionView): string {
  if (session.delivery === 'endpoint-only') {
    return `Use it: stint exec ${quoted(session.sessionName)} -- …`;
  }
  return session.type === 'azure'
    ? `Use it: az … --subscription ${session.subscriptionId}`
    : `Use it: aws --profile ${quoted(session.profileName)} …`;
}

/** One word for a POSIX shell. */
function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;
}
