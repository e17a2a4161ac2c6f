import { onThisMachine } from '../../src/models/clock-offset.ts';
import { durationText } from '../../src/models/duration.ts';
import type { ShellSession } from '../feed/shell-state.ts';

const longestLabel = 60;

/** A name for a menu: shortened, and with ampersands that do not underline a key. */
export function menuText(text: string): string {
  const characters = Array.from(text);
  const short =
    characters.length <= longestLabel
      ? text
      : `${characters.slice(0, longestLabel - 20).join('')}…${characters.slice(-19).join('')}`;
  return short.replaceAll('&', '&&');
}

/**
 * The time until its credentials expire or a limit ends it, whichever comes first, in whole minutes: a
 * menu is drawn now and read later. Undefined if neither is known.
 */
export function timeLeft(session: ShellSession, now: number): string | undefined {
  const { credentialsExpireAt, run } = session;
  const ends = [
    ...(credentialsExpireAt === undefined ? [] : [onThisMachine(session, credentialsExpireAt)]),
    ...(run?.endsAt === undefined ? [] : [Date.parse(run.endsAt)]),
  ];
  if (ends.length === 0) return undefined;
  const minutes = Math.floor((Math.min(...ends) - now) / 60_000);
  return minutes < 1 ? 'under a minute left' : `${durationText(minutes * 60)} left`;
}

/** The text beside the pointer: what runs, and what waits. */
export function tooltip(running: number, waiting: number): string {
  const runs =
    running === 0
      ? 'nothing running'
      : `${running} ${running === 1 ? 'session' : 'sessions'} running`;
  if (waiting === 0) return `Stint — ${runs}`;
  return `Stint — ${runs}, ${waiting} ${waiting === 1 ? 'question waits' : 'questions wait'} for you`;
}
