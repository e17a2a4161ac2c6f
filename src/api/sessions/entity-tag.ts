import type { Session } from '../../models/session.ts';
import type { SessionView } from '../schemas/session-view.ts';
import { revisionStale } from '../../services/sessions/session-problems.ts';

/**
 * The strong entity tag of a session: its revision, which counts every change, and a delivery that
 * the settings choose, as that changes with them.
 */
export function entityTag({ revision, delivery, deliveryIsDefault }: SessionView): string {
  return deliveryIsDefault ? `"${revision}-${delivery}"` : `"${revision}"`;
}

/** RFC 9110 §13.1.2, If-None-Match: weak comparison. */
export function isUnchanged(ifNoneMatch: string | undefined, session: SessionView): boolean {
  if (ifNoneMatch === undefined) return false;
  const tags = listOf(ifNoneMatch).map((tag) => tag.replace(/^W\//, ''));
  return tags.includes('*') || tags.includes(entityTag(session));
}

/**
 * The revision a change may be based on (RFC 9110 §13.1.1, If-Match: strong comparison), undefined
 * for any. Throws Problem 'revision-stale' where none of the tags is that of `session`.
 */
export function expectedRevision(
  ifMatch: string | undefined,
  session: Session,
): number | undefined {
  if (ifMatch === undefined || ifMatch.trim() === '*') return undefined;
  const revisions = listOf(ifMatch).map((tag) => /^"(\d+)(?:-[\w-]+)?"$/.exec(tag)?.[1]);
  if (revisions.includes(String(session.revision))) return session.revision;
  throw revisionStale(session);
}

function listOf(header: string): string[] {
  return header.split(',').map((tag) => tag.trim());
}
