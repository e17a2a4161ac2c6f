import type { Session } from './session.ts';

/** Whether its credentials are available to programs: a session that is starting is not active yet. */
export function isActive({ status }: Pick<Session, 'status'>): boolean {
  return status === 'active';
}
