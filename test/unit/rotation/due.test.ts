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
});
const usual: Circumstances = {
  now,
  idleEndsAt: undefined,
  failed: undefined,
  unattended: () => true,
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
    it: 'expired credentials are renewed once the machine wakes',
    session: { ...active, renewAt: at(-7200), credentialsExpireAt: at(-3600) },
    duty: 'renew',
  },
  {
    it: 'expired credentials that only a person can renew end the run',
    session: { ...active, renewAt: at(-1200), credentialsExpireAt: at(0) },
    circumstances: { unattended: () => false },
    duty: 'expired',
  },
  {
    it: 'expired credentials wait a moment for the network',
    session: { ...active, renewAt: at(-1200), credentialsExpireAt: at(0) },
    circumstances: { failed: failedAt(-119) },
    duty: undefined,
  },
  {
    it: 'expired credentials end the run once renewals have failed for two minutes',
    session: { ...active, renewAt: at(-1200), credentialsExpireAt: at(0) },
    circumstances: { failed: failedAt(-120) },
    duty: 'expired',
  },
  {
    it: 'credentials that have not expired never end the run, however long renewals fail',
    session: { ...active, renewAt: at(-1200), credentialsExpireAt: at(1) },
    circumstances: { failed: failedAt(-1200), unattended: () => false },
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
    const circumstances = { idleEndsAt: now + 2_000_000, failed: failedAt(-10, 5) };
    const inSeconds = deadlinesOf(session, circumstances).map((one) => (one - now) / 1000);
    expect(inSeconds.sort((a, b) => a - b)).toEqual([5, 600, 1800, 2000, 3000, 4000]);
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
