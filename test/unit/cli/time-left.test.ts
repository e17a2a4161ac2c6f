import { describe, expect, it } from 'vitest';
import { timeLeft as timeLeftInWindow } from '../../../src/app/sessions/session-text.ts';
import { endOf } from '../../../src/models/session-end.ts';
import { timeLeft } from '../../../src/cli/sessions/time-left.ts';
import { anySession } from '../../support/sessions.ts';

const now = Date.parse('2026-11-20T12:00:00.000Z');
const at = (minutes: number) => new Date(now + minutes * 60_000).toISOString();

/** Credentials with 30 minutes left by the clock of a cloud that is 20 minutes ahead. */
const ahead = {
  status: 'active',
  startDateTime: at(-10),
  credentialsExpireAt: at(50),
  clockOffsetSeconds: 1200,
} as const;
const limited = (minutes: number) => ({
  ...ahead,
  run: { id: '0b7e0f43-1a4b-4ef6-8a51-111111111111', startedAt: at(-10), endsAt: at(minutes) },
});

describe('the time left under an offset of the clock', () => {
  it('counts credentials by the clock of their service', () => {
    expect(timeLeft(ahead, now)).toBe('30 min');
    expect(endOf(ahead)).toBe(at(30));
  });

  it('counts the limit of a run by the clock of this machine', () => {
    expect(timeLeft(limited(25), now)).toBe('25 min');
    expect(timeLeft(limited(40), now)).toBe('30 min');
  });

  it('is the same in the window', () => {
    const left = (fields: object) =>
      timeLeftInWindow(anySession(fields) as never, (instant) => instant - now)?.milliseconds;
    expect(left(ahead)).toBe(30 * 60_000);
    expect(left(limited(25))).toBe(25 * 60_000);
    expect(left(limited(40))).toBe(30 * 60_000);
  });

  it('changes the ring in the window only where a person can see it', () => {
    const session = anySession({
      status: 'active',
      startDateTime: at(0),
      credentialsExpireAt: at(60),
    }) as never;
    const seconds = Array.from({ length: 3600 }, (_, second) => now + second * 1000);
    const shares = seconds.map(
      (time) => timeLeftInWindow(session, (instant) => instant - time)?.share,
    );
    expect(new Set(shares).size).toBe(100);
    expect(shares.at(-1)).toBeGreaterThan(0);
  });
});
