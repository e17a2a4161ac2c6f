import { describe, expect, it } from 'vitest';
import type { Session } from '../../../src/models/session.ts';
import {
  beginRun,
  delivered,
  ended,
  expired,
  IllegalTransition,
  keptOn,
  rotated,
} from '../../../src/services/sessions/transitions.ts';
import { anySession } from '../../support/sessions.ts';

const noon = Date.parse('2026-11-20T12:00:00.000Z');
const at = (seconds: number) => new Date(noon + seconds * 1000).toISOString();
/** Both clocks agree, unless the machine's is ahead. */
const moment = (seconds: number, ahead = 0) => ({
  machine: noon + (seconds + ahead) * 1000,
  elapsed: noon + seconds * 1000,
});

/** Credentials for an hour from `seconds` after noon. Its session's id has no renewal earlier than the margin. */
const issued = (seconds: number) => ({
  credentials: {
    accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
    secretAccessKey: 'secret',
    sessionToken: 'token',
    expiration: at(seconds + 3600),
  },
  grantedSeconds: 3600,
});
const renewedAt = (seconds: number) => ({
  duration: 2400,
  renewAt: at(seconds + 2400),
  credentialsExpireAt: at(seconds + 3600),
});

const inactive = anySession({ sessionId: '00000000-92f1-4b1c-9d5e-8d6f6c1f2a11' });
const file = { delivery: 'credentials-file', limits: {} };
const pending = beginRun(inactive, moment(0), file);
const active = delivered(pending, issued(0), moment(2));
const runId = pending.run?.id;
const run = {
  id: runId,
  startedAt: at(0),
  elapsed: { startedAt: noon },
  delivery: 'credentials-file',
};
const runOfActive = {
  ...run,
  elapsed: { startedAt: noon, activeAt: noon + 2000, serviceAhead: 0 },
};

describe('a run that begins', () => {
  it('makes its session pending, and knows its start by both clocks and its delivery', () => {
    expect(beginRun(inactive, moment(60, 30), file)).toStrictEqual({
      ...inactive,
      status: 'pending',
      run: {
        id: expect.any(String) as string,
        startedAt: at(90),
        elapsed: { startedAt: noon + 60_000 },
        delivery: 'credentials-file',
      },
    });
  });

  it('has its limits, and its end by the machine’s clock', () => {
    const limits = { maxSessionSeconds: 600 };
    const begun = beginRun(inactive, moment(60, 30), { ...file, limits });
    expect(begun.run).toMatchObject({ limits, endsAt: at(690) });
  });

  it('has limits without an end where they do not limit its duration', () => {
    const limits = { maxLeases: 2 };
    const begun = beginRun(inactive, moment(0), { delivery: 'endpoint-only', limits });
    expect(begun.run).toStrictEqual({
      ...run,
      id: begun.run?.id,
      limits,
      delivery: 'endpoint-only',
    });
  });

  it('ends with the validity of its session', () => {
    const begun = beginRun({ ...inactive, validUntil: at(300) }, moment(0), file);
    expect(begun.run?.endsAt).toBe(at(300));
  });

  it('remembers that it ends with its last lease, and that it may take the place of a section', () => {
    const begun = beginRun(inactive, moment(0), {
      ...file,
      untilLastLease: true,
      replacesSection: true,
    });
    expect(begun.run).toMatchObject({ untilLastLease: true, replacesSection: true });
  });

  it('has an id that no other run has', () => {
    expect(beginRun(inactive, moment(0), file).run?.id).not.toBe(runId);
  });
});

describe('a run that somebody wants to keep', () => {
  it('does not end with its last lease any more', () => {
    const begun = beginRun(inactive, moment(0), { ...file, untilLastLease: true });
    expect(keptOn(begun)).toStrictEqual({ ...begun, run: { ...run, id: begun.run?.id } });
  });

  it('has not begun: nothing changes', () => {
    expect(keptOn(inactive)).toStrictEqual(inactive);
  });
});

describe('credentials that are delivered', () => {
  it('make their session active, with the times of its start and of its renewal', () => {
    expect(active).toStrictEqual({
      ...pending,
      status: 'active',
      startDateTime: at(2),
      run: runOfActive,
      ...renewedAt(0),
      // Two seconds passed while they were on their way.
      duration: 2398,
    });
  });

  it('of a service whose clock is ahead are renewed by its clock, and their session shows the difference', () => {
    const ahead = { ...issued(300), clockOffset: 300_000 };
    expect(delivered(pending, ahead, moment(0))).toStrictEqual({
      ...pending,
      status: 'active',
      startDateTime: at(0),
      run: { ...run, elapsed: { startedAt: noon, activeAt: noon, serviceAhead: 300_000 } },
      ...renewedAt(300),
      clockOffsetSeconds: 300,
    });
  });

  it('of a service whose clock is right remove an earlier difference from their session', () => {
    const before = { ...pending, clockOffsetSeconds: 300 };
    expect(delivered(before, issued(0), moment(2))).toStrictEqual(active);
  });

  it('on a machine whose clock was set show the difference to the service', () => {
    expect(delivered(pending, issued(0), moment(0, -300))).toMatchObject({
      startDateTime: at(-300),
      clockOffsetSeconds: 300,
      ...renewedAt(0),
    });
  });

  it('that expire sooner than their margin are renewed at once, and not before', () => {
    const late = delivered(pending, issued(0), moment(3000));
    expect(late).toMatchObject({ duration: 0, renewAt: at(3000), credentialsExpireAt: at(3600) });
  });

  it('are renewed a little earlier for some sessions, so that not all come at once', () => {
    const last = { ...pending, sessionId: 'ffff0000-92f1-4b1c-9d5e-8d6f6c1f2a11' };
    expect(delivered(last, issued(0), moment(2)).renewAt).toBe(at(2400 - 45));
  });

  it('keep the lifetime that AWS granted, and the role that a person chose', () => {
    const chosen = { roleArn: 'arn:aws:iam::123456789012:role/Upload', idpArn: 'arn:aws:iam::1' };
    const narrowed = { ...issued(0), roleSecondsGranted: 3600, chosen };
    expect(delivered(pending, narrowed, moment(2))).toStrictEqual({
      ...active,
      roleSecondsGranted: 3600,
      ...chosen,
    });
  });

  it('make no run up for a session that has none', () => {
    const { run: _run, ...without } = pending;
    expect(delivered(without as Session, issued(0), moment(2))).not.toHaveProperty('run');
  });
});

describe('credentials that take the place of others', () => {
  it('renew their session, whose start stays', () => {
    const fresh = rotated(active, issued(2400), moment(2400));
    expect(fresh).toStrictEqual({ ...active, rotatedAt: at(2400), ...renewedAt(2400) });
  });

  it('end what was wrong: that the old ones expired, that renewals failed, that a clock was wrong', () => {
    const failure = { message: 'The cloud does not answer.', failures: 3, since: at(2400) };
    const waiting = {
      ...expired({ ...active, clockOffsetSeconds: 300 }, moment(3600)),
      run: { ...expired(active, moment(3600)).run, renewalFailure: failure },
    } as Session;
    const fresh = rotated(waiting, issued(4000), moment(4000));
    expect(fresh).toStrictEqual({
      ...active,
      run: { ...runOfActive, elapsed: { ...runOfActive.elapsed, expiredAt: noon + 3_600_000 } },
      rotatedAt: at(4000),
      ...renewedAt(4000),
    });
  });

  it('note by how much the clock of the service is ahead now', () => {
    const fresh = rotated(active, { ...issued(2700), clockOffset: 300_000 }, moment(2400));
    expect(fresh).toMatchObject({ clockOffsetSeconds: 300, ...renewedAt(2700) });
    expect(fresh.run?.elapsed?.serviceAhead).toBe(300_000);
  });

  it('begin to count by elapsed time in a run of an earlier version', () => {
    const { elapsed: _elapsed, ...earlier } = run;
    const before = { ...active, run: earlier } as Session;
    expect(rotated(before, issued(2400), moment(2400)).run).toStrictEqual({
      ...earlier,
      elapsed: { startedAt: noon, serviceAhead: 0 },
    });
  });

  it('make no run up for a session that has none', () => {
    const { run: _run, ...without } = active;
    const fresh = rotated(without, issued(2400), moment(2400));
    expect(fresh).toMatchObject({ status: 'active', rotatedAt: at(2400) });
    expect(fresh).not.toHaveProperty('run');
  });
});

describe('credentials that expire', () => {
  it('leave their session pending, with the time by both clocks', () => {
    expect(expired(active, moment(3600, 30))).toStrictEqual({
      ...active,
      status: 'pending',
      run: {
        ...runOfActive,
        expiredAt: at(3630),
        elapsed: { ...runOfActive.elapsed, expiredAt: noon + 3_600_000 },
      },
    });
  });

  it('make no run up for a session that has none', () => {
    const { run: _run, ...without } = active;
    expect(expired(without as Session, moment(3600))).toStrictEqual({
      ...without,
      status: 'pending',
    });
  });
});

describe('a run that ends', () => {
  const end = { reason: 'stopped', message: 'anna stopped it.' } as const;

  it('removes everything of the run, and keeps when it started and why it ended', () => {
    const edited = { ...active, runFields: { region: 'eu-west-1' }, clockOffsetSeconds: 300 };
    const fresh = { ...edited, rotatedAt: at(2400) } as Session;
    expect(ended(fresh, end, noon + 60_000)).toStrictEqual({
      ...inactive,
      startDateTime: at(2),
      duration: 2398,
      lastEnd: { ...end, at: at(60) },
    });
  });

  it('says what to do where that is known', () => {
    const failed = { reason: 'failed', message: 'The keys are wrong.', next: 'Enter them again.' };
    expect(ended(pending, failed as typeof end & { next: string }, noon).lastEnd).toStrictEqual({
      ...failed,
      at: at(0),
    });
  });
});

describe('a step that the table of the life cycle does not have', () => {
  it.each([
    ['start while active', () => beginRun(active, moment(0), file)],
    ['start while pending', () => beginRun(pending, moment(0), file)],
    ['delivered while active', () => delivered(active, issued(0), moment(0))],
    ['rotated while inactive', () => rotated(inactive, issued(0), moment(0))],
    ['expired while pending', () => expired(pending, moment(0))],
    ['ended while inactive', () => ended(inactive, { reason: 'stopped', message: '' }, noon)],
  ])('is a mistake of Stint that names the session: %s', (which, take) => {
    expect(take).toThrow(IllegalTransition);
    expect(take).toThrow(`${inactive.sessionId}: ${which}`);
  });
});
