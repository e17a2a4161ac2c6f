import { describe, expect, it } from 'vitest';
import type { Session } from '../../../src/models/session.ts';
import {
  deadlinesOf,
  dutyOf,
  isWatched,
  type Circumstances,
} from '../../../src/services/rotation/due.ts';
import { anySession } from '../../support/sessions.ts';

const now = Date.parse('2026-11-20T12:00:00.000Z');
const at = (seconds: number) => new Date(now + seconds * 1000).toISOString();

const run = { id: '0b7e0f43-1a4b-4ef6-8a51-111111111111', startedAt: at(-3600) };
const active: Partial<Session> = {
  status: 'active',
  run,
  renewAt: at(600),
  credentialsExpireAt: at(1800),
};
const failedAt = (seconds: number, notBefore = 60) => ({
  runId: run.id,
  failures: 1,
  failingSince: now + seconds * 1000,
  notBefore: now + notBefore * 1000,
  message: 'The cloud does not answer.',
});
const waiting: Partial<Session> = {
  ...active,
  status: 'pending',
  renewAt: at(-4000),
  credentialsExpireAt: at(-3000),
  run: { ...run, expiredAt: at(-3000) },
};
const usual: Circumstances = {
  now,
  machineAhead: 0,
  idleEndsAt: undefined,
  failed: undefined,
  unattended: () => true,
  renewAfterExpiry: 12 * 3_600_000,
  limitWarning: 300_000,
};

interface Case {
  readonly it: string;
  readonly session: Partial<Session>;
  readonly circumstances?: Partial<Circumstances>;
  /** The kind of duty, or why the run ends. */
  readonly duty: string | undefined;
}

const cases: readonly Case[] = [
  { it: 'an inactive session needs nothing', session: {}, duty: undefined },
  { it: 'an active session needs nothing before its time', session: active, duty: undefined },
  // Validity
  {
    it: 'an inactive session is archived when its validity ends',
    session: { validUntil: at(0) },
    duty: 'archive',
  },
  {
    it: 'an active session is archived when its validity ends, even if more is due',
    session: {
      ...active,
      validUntil: at(0),
      renewAt: at(-1),
      credentialsExpireAt: at(-1),
      run: { ...run, endsAt: at(-1) },
    },
    duty: 'archive',
  },
  {
    it: 'an archived session needs nothing',
    session: { validUntil: at(-60), archivedAt: at(-30) },
    duty: undefined,
  },
  {
    it: 'a session is not archived before its validity ends',
    session: { validUntil: at(1) },
    duty: undefined,
  },
  // Duration
  {
    it: 'a run ends at its maximum duration, although a renewal is due',
    session: { ...active, renewAt: at(-1), run: { ...run, endsAt: at(0) } },
    duty: 'max-duration',
  },
  {
    it: 'a run that is still starting ends at its maximum duration',
    session: { status: 'pending', run: { ...run, endsAt: at(0) } },
    duty: 'max-duration',
  },
  // Warning
  {
    it: 'a run that ends soon is warned of once',
    session: { ...active, run: { ...run, endsAt: at(300) } },
    duty: 'warn',
  },
  {
    it: 'a run that was warned of is not warned of again',
    session: { ...active, run: { ...run, endsAt: at(300), warnedAt: at(-1) } },
    duty: undefined,
  },
  {
    it: 'a short run is warned of with a third of it left',
    session: { ...active, run: { id: run.id, startedAt: at(-60), endsAt: at(120) } },
    duty: undefined,
  },
  {
    it: 'a run is not warned of where the setting is 0',
    session: { ...active, run: { ...run, endsAt: at(10) } },
    circumstances: { limitWarning: 0 },
    duty: undefined,
  },
  // Idleness
  {
    it: 'a run ends when it was idle for too long, although a renewal is due',
    session: { ...active, renewAt: at(-1) },
    circumstances: { idleEndsAt: now },
    duty: 'idle',
  },
  {
    it: 'a run continues while it is used',
    session: active,
    circumstances: { idleEndsAt: now + 1 },
    duty: undefined,
  },
  {
    it: 'a run that is still starting is not idle',
    session: { status: 'pending', run },
    circumstances: { idleEndsAt: now - 1 },
    duty: undefined,
  },
  // Expiry
  {
    it: 'expired credentials are removed first, also after sleep',
    session: { ...active, renewAt: at(-7200), credentialsExpireAt: at(-3600) },
    duty: 'expire',
  },
  { it: 'a session whose credentials expired is renewed', session: waiting, duty: 'renew' },
  {
    it: 'expired credentials that only a person can renew end the run',
    session: { ...active, renewAt: at(-1200), credentialsExpireAt: at(0) },
    circumstances: { unattended: () => false },
    duty: 'expired',
  },
  {
    it: 'a session whose credentials expired waits for its next attempt',
    session: waiting,
    circumstances: { failed: failedAt(-4000) },
    duty: undefined,
  },
  {
    it: 'a session whose credentials expired is renewed for twelve hours',
    session: { ...waiting, run: { ...run, expiredAt: at(-12 * 3600 + 1) } },
    duty: 'renew',
  },
  {
    it: 'a session whose credentials expired ends after twelve hours',
    session: { ...waiting, run: { ...run, expiredAt: at(-12 * 3600) } },
    duty: 'expired',
  },
  {
    it: 'a session whose credentials expired ends once a person is needed',
    session: waiting,
    circumstances: { unattended: () => false },
    duty: 'expired',
  },
  {
    it: 'a session whose credentials expired ends once a person declined',
    session: waiting,
    circumstances: { failed: { ...failedAt(-30), notBefore: Infinity } },
    duty: 'expired',
  },
  {
    it: 'expired credentials end the run at once where the setting is 0 hours',
    session: { ...active, renewAt: at(-1200), credentialsExpireAt: at(0) },
    circumstances: { renewAfterExpiry: 0 },
    duty: 'expired',
  },
  {
    it: 'a run whose credentials expired ends at its maximum duration all the same',
    session: { ...waiting, run: { ...run, expiredAt: at(-3000), endsAt: at(0) } },
    duty: 'max-duration',
  },
  {
    it: 'credentials that have not expired never end the run, however long renewals fail',
    session: { ...active, renewAt: at(-1200), credentialsExpireAt: at(1) },
    circumstances: { failed: failedAt(-1200), unattended: () => false },
    duty: undefined,
  },
  // A clock that differs
  {
    it: 'a service that says it is a day later ends nothing, and what is due is renewed',
    session: active,
    circumstances: { clockOffset: 86_000_000, unattended: () => false },
    duty: 'renew',
  },
  {
    it: 'a service that says it is a day earlier does not keep a renewal away',
    session: { ...active, renewAt: at(0) },
    circumstances: { clockOffset: -86_000_000 },
    duty: 'renew',
  },
  {
    it: 'credentials of a cloud that is ahead expire by its clock',
    session: { ...active, credentialsExpireAt: at(7200), clockOffsetSeconds: 7200 },
    circumstances: { clockOffset: 7_200_000, unattended: () => false },
    duty: 'expired',
  },
  {
    it: 'a clock that was corrected since the start ends nothing early',
    session: { ...active, clockOffsetSeconds: 7200 },
    circumstances: { clockOffset: 0, unattended: () => false },
    duty: 'renew',
  },
  {
    it: 'limits and validity use the clock of this machine',
    session: {
      ...active,
      validUntil: at(60),
      run: { ...run, endsAt: at(60), warnedAt: at(-240) },
      renewAt: at(90_000),
    },
    circumstances: { clockOffset: 86_000_000 },
    duty: undefined,
  },
  // Renewal
  { it: 'a renewal is due at its time', session: { ...active, renewAt: at(0) }, duty: 'renew' },
  {
    it: 'a renewal that needs a person is due as well',
    session: { ...active, renewAt: at(0) },
    circumstances: { unattended: () => false },
    duty: 'renew',
  },
  {
    it: 'a failed renewal waits for its next attempt',
    session: { ...active, renewAt: at(-60) },
    circumstances: { failed: failedAt(-30, 1) },
    duty: undefined,
  },
  {
    it: 'a failed renewal is tried again at its time',
    session: { ...active, renewAt: at(-60) },
    circumstances: { failed: failedAt(-30, 0) },
    duty: 'renew',
  },
  {
    it: 'a declined renewal is not tried again',
    session: { ...active, renewAt: at(-60) },
    circumstances: { failed: { ...failedAt(-30), notBefore: Infinity } },
    duty: undefined,
  },
];

describe('what the clock demands', () => {
  it.each(cases)('$it', ({ session, circumstances = {}, duty }) => {
    const due = dutyOf(anySession(session), { ...usual, ...circumstances });
    expect(due?.kind === 'end' ? due.reason : due?.kind).toBe(duty);
  });
});

describe('the next look at the clock', () => {
  it('knows every deadline of a session', () => {
    const session = anySession({
      ...active,
      validUntil: at(4000),
      run: { ...run, endsAt: at(3000) },
    });
    const circumstances = { ...usual, idleEndsAt: now + 2_000_000, failed: failedAt(-10, 5) };
    const inSeconds = deadlinesOf(session, circumstances).map((one) => (one - now) / 1000);
    expect(inSeconds.sort((a, b) => a - b)).toEqual([5, 600, 1800, 2000, 2700, 3000, 4000]);
  });

  it('knows how long expired credentials may be renewed', () => {
    const inSeconds = deadlinesOf(anySession(waiting), usual).map((one) => (one - now) / 1000);
    expect(Math.max(...inSeconds)).toBe(12 * 3600 - 3000);
  });

  it('leaves out the validity of an archived session', () => {
    const session = anySession({ validUntil: at(10), archivedAt: at(-10) });
    expect(deadlinesOf(session, usual)).toEqual([]);
  });

  it.each([
    { it: 'a session that is inactive', session: {}, watched: false },
    { it: 'a session that is starting', session: { status: 'pending' }, watched: true },
    { it: 'a session that is active', session: active, watched: true },
    { it: 'a session with a validity', session: { validUntil: at(10) }, watched: true },
    {
      it: 'a session that is archived',
      session: { validUntil: at(-10), archivedAt: at(-10) },
      watched: false,
    },
  ] as const)('is planned for $it: $watched', ({ session, watched }) => {
    expect(isWatched(anySession(session))).toBe(watched);
  });
});
