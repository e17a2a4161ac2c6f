import { describe, expect, it } from 'vitest';
import { Problem } from '../../../src/models/problem.ts';
import type { Session } from '../../../src/models/session.ts';
import { Scheduler } from '../../../src/services/rotation/scheduler.ts';
import { Reconciliation } from '../../../src/services/sessions/reconcile.ts';
import { newSession } from '../../../src/services/sessions/session-record.ts';
import { runsInMemory } from '../../support/runs-in-memory.ts';
import { fieldsOfEveryType } from '../../support/sessions.ts';

const by = 'anna';

function scheduled() {
  const runs = runsInMemory();
  const visits: string[] = [];
  const scheduler = new Scheduler({
    ...runs,
    reconciliation: new Reconciliation(runs),
    leases: {
      idleEnd: ({ sessionId }: { readonly sessionId: string }) => {
        visits.push(sessionId);
        return undefined;
      },
      sweep: () => Promise.resolve(),
    } as never,
  });
  /** Sessions that a sync brings, all in one write. */
  const sync = (count: number) =>
    runs.repository.add((sessions) => ({
      add: Array.from({ length: count }, () =>
        newSession(fieldsOfEveryType.awsSsoRole, { sessions, now: runs.clock.now() }),
      ),
    }));
  const start = async (sessionName: string) => {
    const { sessionId } = await runs.put({ sessionName });
    await runs.runner.start(sessionId, { by });
    return sessionId;
  };
  return { ...runs, scheduler, visits, sync, start };
}

/** The vault is locked, and what is in it cannot be read. */
const locked = () =>
  Promise.reject(new Problem('vault-locked', { detail: 'The vault is locked.' }));

describe('planning', () => {
  it('visits no session for the 5,000 inactive ones that a sync brings', async () => {
    const { scheduler, visits, sync, start, clock } = scheduled();
    await start('anna');
    scheduler.start();
    visits.length = 0;
    await sync(5_000);
    await clock.advance(0);
    expect(visits).toEqual([]);
    await scheduler.stop();
  });

  it('visits each active session once for a change of all of them', async () => {
    const { scheduler, visits, sync, start, clock, repository } = scheduled();
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
    const { scheduler, start, clock, repository } = scheduled();
    scheduler.start();
    const sessionId = await start('anna');
    await clock.advance(41 * 60_000);
    expect(repository.get(sessionId).rotatedAt).toBeDefined();
    await scheduler.stop();
  });

  it('wakes for the end of a validity that was set on an inactive session', async () => {
    const { scheduler, put, clock, repository } = scheduled();
    const { sessionId } = await put({ sessionName: 'anna' });
    scheduler.start();
    const validUntil = new Date(clock.now() + 7_000).toISOString();
    await repository.changeDefinition(sessionId, (session) => ({ ...session, validUntil }));
    await clock.advance(7_000);
    expect(repository.get(sessionId).archivedAt).toBe(validUntil);
    await scheduler.stop();
  });
});

describe('a locked vault', () => {
  it('is logged once, not at every check of every session', async () => {
    const { scheduler, start, secrets, clock, logged, credentials, events } = scheduled();
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
    const { scheduler, start, clock, logged, entries, secrets } = scheduled();
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

describe('stopping', () => {
  it('does not wait for a renewal that waits for a person', async () => {
    const { scheduler, start, clock, provider, prompts, repository } = scheduled();
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
    const { scheduler, sync, clock } = scheduled();
    scheduler.start();
    await sync(1);
    await scheduler.stop();
    await clock.advance(0);
    expect(clock.timers).toBe(0);
  });
});
