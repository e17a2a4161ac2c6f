import type { Context } from '../context.ts';
import type { NewLease, OpenedLease, OwnerClient, SessionView } from '../owner/owner-client.ts';
import { whileActive } from './while-active.ts';

/**
 * Opens a lease on the session. With `mayStart` it starts the session first, which then stops with its
 * last lease. Resolves with undefined if the start waits for an answer and there is no terminal; the
 * questions are reported by then. Throws CommandFailure and Problem.
 */
export async function leaseOn(
  context: Context,
  session: SessionView,
  lease: NewLease,
  options: { readonly mayStart: boolean; readonly replaceSection: boolean },
): Promise<OpenedLease | undefined> {
  return await whileActive(context, session, options, () =>
    openLease(context.owner, session.sessionId, lease),
  );
}

/** Throws Problem. */
export async function openLease(
  owner: OwnerClient,
  sessionId: string,
  body: NewLease,
): Promise<OpenedLease> {
  return await owner.request('POST', '/v1/sessions/{id}/leases', { path: { id: sessionId }, body });
}
