import type { Command } from 'commander';
import { addExamples, jsonOption, sessionsArgument } from '../arguments/help.ts';
import type { Context } from '../context.ts';
import { callerEnvironment } from '../environment/caller-environment.ts';
import { callerScreen } from '../environment/caller-screen.ts';
import type { Finding, SessionView } from '../owner/owner-client.ts';
import { reportPrompts } from '../prompts/report-prompts.ts';
import { eachSession } from '../sessions/each-session.ts';
import { namedSessions } from '../sessions/find-session.ts';
import { startContinues } from '../sessions/what-continues.ts';
import { timeLeft } from '../sessions/time-left.ts';
import { waitUntilActive } from '../sessions/wait-until-active.ts';
import { printable } from '../../models/printable.ts';
import { quoted } from '../terminal/quoted.ts';
import { say, type Shell } from '../terminal/shell.ts';

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
  const screen = callerScreen(shell.env);
  const body = {
    ...(screen === undefined ? {} : { screen }),
    callerEnvironment: callerEnvironment(shell.env),
    ...(flags.replaceSection === true ? { replaceSection: true } : {}),
  };
  context.continues(startContinues(sessions));
  await eachSession(context, sessions, {
    json: flags.json,
    request: ({ sessionId }) =>
      owner.request('POST', '/v1/sessions/{id}/start', { path: { id: sessionId }, body }),
    async handle(answer) {
      warn(shell, answer.findings);
      if (!('prompts' in answer) || answer.prompts.length === 0) {
        reportActive(shell, answer.session, answer.findings);
        return answer;
      }
      if (!flags.wait) {
        reportPrompts(context, answer.prompts);
        return answer;
      }
      const session = await waitUntilActive(context, answer.session.sessionId);
      if (session === undefined) return answer;
      reportActive(shell, session, answer.findings);
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

function reportActive(shell: Shell, session: SessionView, findings: readonly Finding[]): void {
  const left = timeLeft(session);
  say(
    shell,
    `${printable(session.sessionName)} is active${left === '' ? '' : `, ${left} left`}. ${usage(session, findings)}`,
  );
}

/** What keeps tools from using a session by its profile, and az by its subscription. */
const hides = {
  aws: new Set<string>(['shadowed']),
  azure: new Set<string>(['shadowed', 'environment']),
};

/** By the delivery of the run: the session and the settings may have changed since it started. */
function usage(session: SessionView, findings: readonly Finding[]): string {
  const delivery = session.run?.delivery ?? session.delivery;
  const hiding = hides[session.type === 'azure' ? 'azure' : 'aws'];
  // Tools may not see it at all: a warning says why.
  const isHidden = findings.some(({ code }) => hiding.has(code));
  if (delivery === 'endpoint-only' || isHidden) {
    return `Use it: stint exec ${quoted(session.sessionName)} -- …`;
  }
  return session.type === 'azure'
    ? `Use it: az … --subscription ${session.subscriptionId}`
    : `Use it: aws --profile ${quoted(session.profileName)} …`;
}
