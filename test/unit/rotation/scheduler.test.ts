import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { Problem } from '../../../src/models/problem.ts';
import type { Session } from '../../../src/models/session.ts';
import { Gate } from '../../support/runs-in-memory.ts';
import { scheduledRuns } from '../../support/scheduled-runs.ts';

const by = 'anna';

/** The vault is locked, and what is in it cannot be read. */
const locked = () =>
  Promise.reject(
    new Problem('vault-locked', { next: 'Try again.', detail: 'The vault is locked.' }),
  );

describe('planning', () => {
  it('visits no session for the 5,000 inactive ones that a sync brings', async () => {
    const { scheduler, visits, sync, start, clock } = scheduledRuns();
    await start('anna');
    scheduler.start();
    visits.length = 0;
    await sync(5_000);
    await clock.advance(0);
    expect(visits).toEqual([]);
    await scheduler.stop();
  });

  it('visits each active session once for a change of all of them', async () => {
    const { scheduler, visits, sync, start, clock, repository } = scheduledRuns();
    await sync(5_000);
    const active: string[] = [];
    for (let count = 0; count < 50; count += 1) active.push(await start(`session ${count}`));
    scheduler.start();
    visits.length = 0;
    const pin = (session: Session) => ({ ...session, pinned: true });
    await repository.changeAll(new Map(active.map((id) => [id, pin])));
    await clock.advance(0);
    expect(visits.toSorted()).toEqual(active.toSorted());
    await scheduler.stop();
  });

  it('wakes for a session that became active after the last plan', async () => {
    const { scheduler, start, clock, repository } = scheduledRuns();
    scheduler.start();
    const sessionId = await start('anna');
    await clock.advance(41 * 60_000);
    expect(repository.get(sessionId).rotatedAt).toBeDefined();
    await scheduler.stop();
  });

  it('wakes for the end of a validity that was set on an inactive session', async () => {
    const { scheduler, put, clock, repository } = scheduledRuns();
    const { sessionId } = await put({ sessionName: 'anna' });
    scheduler.start();
    const validUntil = new Date(clock.now() + 7_000).toISOString();
    await repository.changeDefinition(sessionId, (session) => ({ ...session, validUntil }));
    await clock.advance(7_000);
    expect(repository.get(sessionId).archivedAt).toBe(validUntil);
    await scheduler.stop();
  });
});

describe('credentials that expire before they are renewed', () => {
  const refused = () =>
    Promise.reject(
      new Problem('cloud-unreachable', {
        next: 'Try again.',
        detail: 'The cloud does not answer.',
      }),
    );

  it('are removed at their expiry, while a renewal that hangs continues and delivers', async () => {
    const { scheduler, start, clock, provider, repository, delivered, entries } = scheduledRuns();
    const sessionId = await start('anna');
    const gate = new Gate();
    const obtain = provider.obtain.bind(provider);
    provider.obtain = async (request) => {
      await gate.pass();
      return await obtain(request);
    };
    scheduler.start();
    await clock.advance(60 * 60_000);
    expect(repository.get(sessionId).status).toBe('pending');
    expect(delivered.size).toBe(0);
    gate.open();
    await clock.advance(1_000);
    expect(repository.get(sessionId)).toMatchObject({ status: 'active' });
    expect(repository.get(sessionId).run?.expiredAt).toBeUndefined();
    expect(delivered.has(sessionId)).toBe(true);
    expect(entries.map(({ kind }) => kind)).toEqual([
      'session-started',
      'credentials-expired',
      'session-rotated',
    ]);
    await scheduler.stop();
  });

  it('end the session as expired at once where a person is needed', async () => {
    const { scheduler, start, clock, provider, repository, delivered } = scheduledRuns();
    const sessionId = await start('anna');
    provider.unattended = () => false;
    provider.obtain = refused;
    scheduler.start();
    await clock.advance(60 * 60_000);
    expect(repository.get(sessionId).lastEnd?.reason).toBe('expired');
    expect(delivered.size).toBe(0);
    await scheduler.stop();
  });

  it('show why a renewal fails and when it is tried again, with one entry in the history', async () => {
    const { scheduler, start, clock, provider, repository, entries } = scheduledRuns();
    const sessionId = await start('anna');
    provider.obtain = refused;
    scheduler.start();
    await clock.advance(41 * 60_000);
    const { status, run } = repository.get(sessionId);
    expect(status).toBe('active');
    expect(run?.renewalFailure).toMatchObject({ message: 'The cloud does not answer.' });
    expect(Date.parse(String(run?.renewalFailure?.nextTryAt))).toBeGreaterThan(clock.now());
    await clock.advance(12 * 3_600_000);
    expect(repository.get(sessionId).status).toBe('pending');
    await clock.advance(3_600_000);
    expect(repository.get(sessionId).lastEnd?.reason).toBe('expired');
    expect(entries.filter(({ kind }) => kind === 'rotation-failed')).toHaveLength(1);
    await scheduler.stop();
  });

  it('are renewed at once by a start', async () => {
    const { scheduler, start, clock, provider, repository, runner } = scheduledRuns();
    const sessionId = await start('anna');
    const obtain = provider.obtain.bind(provider);
    provider.obtain = refused;
    scheduler.start();
    await clock.advance(70 * 60_000);
    const { run, startDateTime } = repository.get(sessionId);
    await expect(runner.start(sessionId, { by })).rejects.toThrow('does not answer');
    expect(repository.get(sessionId).status).toBe('pending');
    provider.obtain = obtain;
    const renewed = await runner.start(sessionId, { by });
    expect(renewed).toMatchObject({ status: 'active', startDateTime, run: { id: run?.id } });
    await scheduler.stop();
  });

  it('make room for another session on the same profile', async () => {
    const { scheduler, start, put, clock, provider, repository, runner } = scheduledRuns();
    const sessionId = await start('anna');
    const obtain = provider.obtain.bind(provider);
    provider.obtain = refused;
    scheduler.start();
    await clock.advance(70 * 60_000);
    provider.obtain = obtain;
    const other = await put({ sessionName: 'ben', profileName: 'anna' });
    await runner.start(other.sessionId, { by });
    expect(repository.get(sessionId).lastEnd?.reason).toBe('superseded');
    await scheduler.stop();
  });
});

it('a run ends at its maximum duration while a renewal hangs', async () => {
  const { scheduler, start, clock, provider, repository, delivered } = scheduledRuns();
  const sessionId = await start('anna', { limits: { maxSessionSeconds: 50 * 60 } });
  provider.obtain = ({ signal }) =>
    once(signal, 'abort').then(() => signal.throwIfAborted()) as never;
  scheduler.start();
  await clock.advance(50 * 60_000);
  expect(repository.get(sessionId).lastEnd?.reason).toBe('max-duration');
  expect(delivered.size).toBe(0);
  await scheduler.stop();
});

describe('a locked vault', () => {
  it('is logged once, not at every check of every session', async () => {
    const { scheduler, start, secrets, clock, logged, credentials, events } = scheduledRuns();
    for (const name of ['anna', 'ben', 'carl']) await credentials.drop(await start(name));
    secrets.get = locked;
    scheduler.start();
    await clock.advance(60_000);
    expect(logged.filter(({ level }) => level !== 'info')).toEqual([
      { level: 'warn', event: 'scheduler.vault-locked' },
    ]);
    events.publish({ type: 'vault', locked: false });
    await clock.advance(15_000);
    expect(logged.filter(({ level }) => level !== 'info')).toHaveLength(2);
    await scheduler.stop();
  });

  it('is logged once while renewals fail, and told once per run in the history', async () => {
    const { scheduler, start, clock, logged, entries, secrets } = scheduledRuns();
    const sessionId = await start('anna');
    scheduler.start();
    secrets.set = locked;
    await clock.advance(45 * 60_000);
    expect(logged.filter(({ level }) => level !== 'info')).toEqual([
      { level: 'warn', event: 'scheduler.vault-locked' },
    ]);
    expect(entries.filter(({ kind }) => kind === 'rotation-failed')).toMatchObject([
      { sessionId, message: 'The vault is locked.' },
    ]);
    await scheduler.stop();
  });
});

describe('what a stop left behind', () => {
  it('is looked for once more when an attempt took longer than until the next one', async () => {
    const { scheduler, reconciliation, clock } = scheduledRuns();
    const gate = new Gate();
    let attempts = 0;
    reconciliation.removeLeftovers = () => {
      attempts += 1;
      return attempts === 1 ? gate.pass() : Promise.resolve();
    };
    scheduler.start();
    await clock.advance(150_000);
    expect(attempts).toBe(1);
    gate.open();
    await scheduler.idle();
    expect(attempts).toBe(2);
    await scheduler.stop();
  });

  it('is not looked for again by a scheduler that stops', async () => {
    const { scheduler, reconciliation, clock } = scheduledRuns();
    const gate = new Gate();
    let attempts = 0;
    reconciliation.removeLeftovers = async () => {
      attempts += 1;
      await gate.pass();
    };
    scheduler.start();
    await clock.advance(60_000);
    const stopped = scheduler.stop();
    gate.open();
    await stopped;
    expect(attempts).toBe(1);
  });
});

describe('stopping', () => {
  it('does not wait for a renewal that waits for a person', async () => {
    const { scheduler, start, clock, provider, prompts, repository } = scheduledRuns();
    const sessionId = await start('anna');
    provider.obtain = async (request) => {
      await request.ask({ kind: 'mfa', text: 'MFA code' });
      throw new Error('nobody answers in this test');
    };
    scheduler.start();
    await clock.advance(41 * 60_000);
    expect(prompts.list()).toHaveLength(1);
    await scheduler.stop();
    expect(prompts.list()).toEqual([]);
    expect(repository.get(sessionId).status).toBe('active');
  });

  it('leaves no timer behind', async () => {
    const { scheduler, sync, clock } = scheduledRuns();
    scheduler.start();
    await sync(1);
    await scheduler.stop();
    await clock.advance(0);
    expect(clock.timers).toBe(0);
  });
});
