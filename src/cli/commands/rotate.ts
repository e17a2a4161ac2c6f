import type { Command } from 'commander';
import { addExamples, jsonOption, sessionsArgument, type Json } from '../arguments/help.ts';
import type { Context } from '../context.ts';
import { CommandFailure } from '../failure.ts';
import type { SessionView } from '../owner/owner-client.ts';
import { readSession } from '../prompts/subscription.ts';
import { waitUntil } from '../prompts/wait-until.ts';
import { eachSession } from '../sessions/each-session.ts';
import { namedSessions } from '../sessions/find-session.ts';
import { rotationContinues } from '../sessions/what-continues.ts';
import { timeLeft } from '../sessions/time-left.ts';
import { printable } from '../../models/printable.ts';
import { say } from '../terminal/shell.ts';

/** How long the cloud may take after the last answer, in milliseconds. */
const cloudPatience = 60_000;

export function addRotateCommand(program: Command, context: Context): void {
  const command = program
    .command('rotate')
    .description('renew the credentials of active sessions now')
    .argument(...sessionsArgument)
    .option(...jsonOption)
    .action((names: readonly string[], flags: Json) => rotate(context, names, flags));
  addExamples(command, 'stint rotate payments');
}

async function rotate(context: Context, names: readonly string[], { json }: Json): Promise<void> {
  const { shell, owner } = context;
  const sessions = await namedSessions(context, names, ({ status }) => status === 'active');
  context.continues(rotationContinues(sessions));
  await eachSession(context, sessions, {
    json,
    request: ({ sessionId }) =>
      owner.request('POST', '/v1/sessions/{id}/rotate', { path: { id: sessionId } }),
    async handle(answer, before) {
      if (!('prompts' in answer) || answer.prompts.length === 0) {
        say(shell, renewed(answer.session));
        return answer;
      }
      const isDone = (session: SessionView) =>
        session.status !== 'active' || session.rotatedAt !== before.rotatedAt;
      const session = await waitUntil(
        context,
        () => readSession(owner, before.sessionId),
        isDone,
        cloudPatience,
      ).catch((error: unknown) => {
        throw error instanceof Error && error.name === 'TimeoutError' ? notRenewed(before) : error;
      });
      if (session === undefined) return answer;
      if (session.status !== 'active') throw ended(session);
      say(shell, renewed(session));
      return { session, findings: answer.findings };
    },
  });
}

function renewed(session: SessionView): string {
  const left = timeLeft(session);
  const name = printable(session.sessionName);
  return `${name} has new credentials${left === '' ? '' : `, ${left} left`}.`;
}

function notRenewed({ sessionName, sessionId }: SessionView): CommandFailure {
  return new CommandFailure(
    'failed',
    `${sessionName} has no new credentials; the old ones still work.`,
    `Try again, or see why: stint history --session ${sessionId}`,
  );
}

function ended({ sessionName, lastEnd }: SessionView): CommandFailure {
  return new CommandFailure('failed', `${sessionName} ended: ${lastEnd?.message ?? 'it stopped.'}`);
}
