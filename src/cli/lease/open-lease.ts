import { Problem } from '../../models/problem.ts';
import type { Context } from '../context.ts';
import { CommandFailure } from '../failure.ts';
import type { NewLease, OpenedLease, OwnerClient, SessionView } from '../owner/owner-client.ts';
import { reportPrompts } from '../prompts/report-prompts.ts';
import { waitUntilActive } from '../sessions/wait-until-active.ts';
import { isInteractive } from '../terminal/shell.ts';

/** A session can end right after it was found active. So often in a row is not a coincidence. */
const tries = 3;

/**
 * Opens a lease on the session. With `mayStart` it starts the session first, which then stops with its
 * last lease. Resolves with undefined if the start waits for an answer and there is no terminal; the
 * questions are reported by then. Throws CommandFailure and Problem.
 */
export async function leaseOn(
  context: Context,
  session: SessionView,
  lease: NewLease,
  { mayStart, replaceSection }: { readonly mayStart: boolean; readonly replaceSection: boolean },
): Promise<OpenedLease | undefined> {
  const { sessionId } = session;
  let { status } = session;
  for (let attempt = 1; ; attempt += 1) {
    if (status !== 'active') {
      if (!mayStart) throw notStarted(session);
      if (!(await started(context, sessionId, replaceSection))) return undefined;
    }
    try {
      return await openLease(context.owner, sessionId, lease);
    } catch (error) {
      const hasEnded = error instanceof Problem && error.code === 'session-not-active';
      if (!hasEnded || !mayStart || attempt === tries) throw error;
      status = 'inactive';
    }
  }
}

/** Throws Problem. */
export async function openLease(
  owner: OwnerClient,
  sessionId: string,
  body: NewLease,
): Promise<OpenedLease> {
  return await owner.request('POST', '/v1/sessions/{id}/leases', { path: { id: sessionId }, body });
}

/** False if the start waits for an answer and there is no terminal. Findings do not matter here. */
async function started(
  context: Context,
  sessionId: string,
  replaceSection: boolean,
): Promise<boolean> {
  const answer = await context.owner.request('POST', '/v1/sessions/{id}/start', {
    path: { id: sessionId },
    body: { untilLastLease: true, ...(replaceSection ? { replaceSection } : {}) },
  });
  if (!('prompts' in answer) || answer.prompts.length === 0) return true;
  if (!isInteractive(context.shell)) {
    reportPrompts(context, answer.prompts);
    return false;
  }
  await waitUntilActive(context, sessionId);
  return true;
}

function notStarted({ sessionName, sessionId }: SessionView): CommandFailure {
  return new CommandFailure(
    'failed',
    `Session ${sessionName} is not active, and --no-start forbids to start it.`,
    `Start it: stint start ${sessionId}`,
  );
}
