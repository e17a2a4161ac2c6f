import type { Session } from '../connection/owner-client.ts';

/** What the ring of a session shows. */
export const states = ['active', 'waiting', 'pending', 'failed', 'inactive'] as const;
export type State = (typeof states)[number];

export const stateNames: Readonly<Record<State, string>> = {
  active: 'Active',
  waiting: 'Waiting for you',
  pending: 'Starting',
  failed: 'Failed',
  inactive: 'Inactive',
};

/** Why a session or its renewal failed. */
export interface Failure {
  readonly message: string;
  /** What to do about it. */
  readonly next?: string | undefined;
  /** An instant; undefined if Stint does not try again automatically. */
  readonly nextTryAt?: string | undefined;
}

const failed: ReadonlySet<string> = new Set(['failed', 'expired', 'crashed']);

/** `isWaiting`: a question that only a person can answer is open. */
export function stateOf(session: Session, isWaiting: boolean): State {
  if (session.status === 'active') return 'active';
  if (session.status === 'pending') return isWaiting ? 'waiting' : 'pending';
  return failed.has(session.lastEnd?.reason ?? '') ? 'failed' : 'inactive';
}

/** Of its last run, or of its renewals while it runs; undefined if nothing failed. */
export function failureOf(session: Session): Failure | undefined {
  const { status, lastEnd, run } = session;
  if (status !== 'inactive') return run?.renewalFailure;
  if (lastEnd === undefined || !failed.has(lastEnd.reason)) return undefined;
  const next = lastEnd.next?.replaceAll(session.sessionId, `"${session.sessionName}"`);
  return { message: lastEnd.message, ...(next === undefined ? {} : { next }) };
}
