import type { Session } from '../../models/session.ts';
import { revisionStale } from '../../services/sessions/session-problems.ts';

/** The strong entity tag of a session: its revision, which counts every change. */
export function entityTag({ revision }: Session): string {
  return `"${revision}"`;
}

/** RFC 9110 §13.1.2, If-None-Match: weak comparison. */
export function isUnchanged(ifNoneMatch: string | undefined, session: Session): boolean {
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
  if (listOf(ifMatch).includes(entityTag(session))) return session.revision;
  throw revisionStale(session);
}

function listOf(header: string): string[] {
  return header.split(',').map((tag) => tag.trim());
}
