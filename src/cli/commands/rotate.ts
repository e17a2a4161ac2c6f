import type { Command } from 'commander';
import type { Context } from '../context.ts';
import { eachSession } from '../sessions/each-session.ts';
import { CommandFailure } from '../failure.ts';
import type { SessionView } from '../owner/owner-client.ts';
import { reportPrompts } from '../prompts/report-prompts.ts';
import { printable } from '../terminal/printable.ts';
import { waitUntil } from '../prompts/wait-until.ts';
import { namedSessions } from '../sessions/find-session.ts';
import { timeLeft } from '../sessions/session-text.ts';
import { isInteractive, say } from '../terminal/shell.ts';
import { lookAtSession } from '../prompts/watch.ts';

/** How long the cloud may take once the person has answered, in milliseconds. */
const cloudPatience = 60_000;

export function addRotateCommand(program: Command, context: Context): void {
  program
    .command('rotate')
    .description('replace the credentials of active sessions with fresh ones')
    .argument('[NAME...]', 'names or ids of sessions; left out, you choose')
    .option('--json', 'print what the API answers')
    .action((names: readonly string[], flags: { readonly json?: boolean }) =>
      rotate(context, names, flags),
    );
}

async function rotate(
  context: Context,
  names: readonly string[],
  { json }: { readonly json?: boolean },
): Promise<void> {
  const { shell, owner } = context;
  const sessions = await namedSessions(context, names, ({ status }) => status === 'active');
  await eachSession(context, sessions, {
    json,
    ask: ({ sessionId }) =>
      owner.request('POST', '/v1/sessions/{id}/rotate', { path: { id: sessionId } }),
    async deal(answer, before) {
      if (!('prompts' in answer) || answer.prompts.length === 0) {
        say(shell, rotated(answer.session));
        return answer;
      }
      if (!isInteractive(shell)) {
        reportPrompts(context, answer.prompts);
        return answer;
      }
      const isSettled = (session: SessionView) =>
        session.status !== 'active' || session.rotatedAt !== before.rotatedAt;
      const session = await waitUntil(
        context,
        () => lookAtSession(owner, before.sessionId),
        isSettled,
        cloudPatience,
      ).catch((error: unknown) => {
        throw error instanceof Error && error.name === 'TimeoutError' ? notYet(before) : error;
      });
      if (session.status !== 'active') throw ended(session);
      say(shell, rotated(session));
      return { session, findings: answer.findings };
    },
  });
}

function rotated(session: SessionView): string {
  const left = timeLeft(session);
  return `${printable(session.sessionName)} has fresh credentials${left === '' ? '' : `, ${left} left`}.`;
}

function notYet({ sessionName, sessionId }: SessionView): CommandFailure {
  return new CommandFailure(
    'failed',
    `${sessionName} was not rotated; its credentials stay in force.`,
    `Try again, or look: stint history --session ${sessionId}`,
  );
}

function ended({ sessionName, lastEnd }: SessionView): CommandFailure {
  return new CommandFailure('failed', `${sessionName} ended: ${lastEnd?.message ?? 'it stopped.'}`);
}
