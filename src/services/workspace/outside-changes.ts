import { isDeepStrictEqual } from 'node:util';
import { fieldsOf, type Session } from '../../models/session.ts';
import { withFields } from '../sessions/session-record.ts';
import { changeState, type WorkspaceState } from './workspace-state.ts';

/**
 * `read`, a version of the file that somebody else wrote, with what Stint alone knows: which sessions run.
 * An edit or an older version in the place of the file changes what is set up; it ends and begins no run.
 * Undefined where it cannot be taken before somebody has repaired it: a running session is no longer
 * valid in it.
 */
export function withRunsOf(seen: WorkspaceState, read: WorkspaceState): WorkspaceState | undefined {
  const put: Session[] = [];
  const sessions = [...read.byId.values()];
  for (const before of seen.byId.values()) {
    const after = read.byId.get(before.sessionId);
    const isRunning = before.status !== 'inactive';
    if (isRunning && (isBroken(read, before) || (after && after.type !== before.type))) {
      return undefined;
    }
    if (after === undefined && isRunning) put.push(before);
    if (after?.type !== before.type) continue;
    const kept = withKept(before, after, sessions);
    if (!isDeepStrictEqual(kept, after)) put.push(kept);
  }
  for (const session of sessions) {
    const isNew = !seen.byId.has(session.sessionId);
    if (isNew && session.status !== 'inactive') put.push(withoutRun(session));
  }
  if (put.length === 0) return read;
  const { state } = changeState(read, read, { put });
  return { ...state, stamp: read.stamp };
}

function isBroken({ entries }: WorkspaceState, { sessionId }: Session): boolean {
  return entries.some(({ broken }) => broken?.sessionId === sessionId);
}

/** `before` with the fields of `after`, as an edit through Stint changes it: another revision. */
function withKept(before: Session, after: Session, sessions: readonly Session[]): Session {
  const fields = fieldsOf(after);
  if (isDeepStrictEqual(fieldsOf(before), fields)) return before;
  const revision = Math.max(before.revision, after.revision) + 1;
  return { ...withFields(before, fields, sessions), revision };
}

/** A session that is new here runs nowhere, whatever the file says. */
function withoutRun(session: Session): Session {
  const rest = { ...session, status: 'inactive' as const };
  for (const name of ofRun) delete rest[name];
  return rest;
}

const ofRun = ['run', 'runFields', 'rotatedAt', 'renewAt', 'credentialsExpireAt'] as const;
