import { durationText } from '../../models/duration.ts';
import type { Session } from '../../models/session.ts';
import type { Finding } from '../delivery/delivery.ts';
import { effective } from './session-record.ts';

/** What AWS granted less than `roleSeconds` asks for; undefined where it granted all of it. */
export function shortenedText(session: Session): string | undefined {
  const { sessionName, status, roleSecondsGranted: granted } = session;
  const now = effective(session);
  const asked = 'roleSeconds' in now ? now.roleSeconds : undefined;
  if (status !== 'active' || asked === undefined || granted === undefined) return undefined;
  if (granted >= asked) return undefined;
  return `AWS granted ${sessionName} ${durationText(granted)} instead of ${durationText(asked)}.`;
}

/** The same for the person who starts it. */
export function shortenedFindings(session: Session): readonly Finding[] {
  const message = shortenedText(session);
  if (message === undefined) return [];
  const next = `Raise the role's maximum session duration, or ask for less: stint session edit ${session.sessionId} --role-seconds ${session.roleSecondsGranted ?? 3600}`;
  return [{ code: 'shortened', message, next }];
}
