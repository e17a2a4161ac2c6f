import fc from 'fast-check';
import { expect, it } from 'vitest';
import { lifecycle, type SessionStatus } from '../../../src/models/lifecycle.ts';
import { Problem } from '../../../src/models/problem.ts';
import { Reconciliation } from '../../../src/services/sessions/reconcile.ts';
import { runsInMemory } from '../../support/runs-in-memory.ts';

const by = 'anna';

/** What may happen to two sessions on one profile, without waiting for what came before. */
const acts = [
  'start',
  'start the other',
  'stop',
  'stop the other',
  'rotate',
  'remove the other',
  'reconcile',
  'flush',
  'let the disk be full',
  'let the disk have room',
  'let the cloud refuse',
  'let the cloud answer',
  'wait',
] as const;
type Act = (typeof acts)[number];

/** Waits as many turns of the event loop as the next of `delays` says, over and over. */
function slowness(delays: readonly number[]) {
  let next = 0;
  return async () => {
    const turns = delays[next % delays.length] ?? 0;
    next += 1;
    for (let turn = 0; turn < turns; turn += 1) {
      await new Promise((resolve) => setImmediate(resolve));
    }
  };
}

async function play(sequence: readonly Act[], delays: readonly number[]): Promise<void> {
  const runs = runsInMemory();
  const { runner, repository, workspace, files, provider, delivered, events } = runs;
  const one = await runs.put({ sessionName: 'one', profileName: 'shared' });
  const other = await runs.put({ sessionName: 'other', profileName: 'shared' });
  const reconciliation = new Reconciliation(runs);
  const slow = slowness(delays);
  let [isFull, isRefused] = [false, false];
  workspace.onSave = async () => {
    await slow();
    if (isFull)
      throw new Problem('file-unwritable', { next: 'Try again.', detail: 'The disk is full.' });
  };
  const [write, remove] = [files.write.bind(files), files.remove.bind(files)];
  files.write = async (...request) => {
    await slow();
    return await write(...request);
  };
  files.remove = async (target) => {
    await slow();
    return await remove(target);
  };
  const obtain = provider.obtain.bind(provider);
  provider.obtain = async (request) => {
    await slow();
    if (isRefused)
      throw new Problem('cloud-refused', { next: 'Try again.', detail: 'AWS says no.' });
    return await obtain(request);
  };
  const seen = new Map<string, SessionStatus[]>();
  events.subscribe(({ event }) => {
    if (event.type !== 'session') return;
    const { sessionId, status } = event.session;
    const statuses = seen.get(sessionId) ?? ['inactive'];
    if (statuses.at(-1) !== status) statuses.push(status);
    seen.set(sessionId, statuses);
  });
  const end = { message: 'Stopped.', by };
  const perform: Readonly<Record<Act, () => unknown>> = {
    start: () => runner.start(one.sessionId, { by }),
    'start the other': () => runner.start(other.sessionId, { by }),
    stop: () => runner.end(one.sessionId, { reason: 'stopped', ...end }),
    'stop the other': () => runner.end(other.sessionId, { reason: 'stopped', ...end }),
    rotate: () => runner.rotate(one.sessionId, by),
    'remove the other': () =>
      runner.end(other.sessionId, { reason: 'removed', ...end }, () =>
        repository.remove(other.sessionId),
      ),
    reconcile: () => reconciliation.reconcile(),
    flush: () => repository.flush(),
    'let the disk be full': () => (isFull = true),
    'let the disk have room': () => (isFull = false),
    'let the cloud refuse': () => (isRefused = true),
    'let the cloud answer': () => (isRefused = false),
    wait: () => undefined,
  };
  const working: Promise<void>[] = [];
  for (const act of sequence) {
    const work = async () => {
      await perform[act]();
    };
    // A refusal must be one that a person can act on; anything else is a bug.
    const done = work().catch((error: unknown) => {
      if (!(error instanceof Problem)) throw error;
    });
    working.push(done);
    if (act === 'wait') await Promise.all(working.splice(0));
  }
  await Promise.all(working);
  isFull = false;
  await repository.flush();
  await reconciliation.reconcile();

  for (const statuses of seen.values()) {
    for (const [index, status] of statuses.slice(1).entries()) {
      const steps = Object.values(lifecycle[statuses[index] ?? 'inactive']);
      expect(steps).toContain(status);
    }
  }
  const active = repository.all().filter(({ status }) => status === 'active');
  expect(repository.all().filter(({ status }) => status === 'pending')).toEqual([]);
  expect(active.length).toBeLessThan(2);
  expect([...delivered]).toEqual(active.map(({ sessionId }) => sessionId));
  expect(workspace.store.sessions()).toEqual(repository.all());
  for (const { kind, runId } of runs.entries) {
    if (kind !== 'session-started' || runId === active[0]?.run?.id) continue;
    const ends = runs.entries.filter((entry) => entry.runId === runId && entry.reason);
    expect(ends).toHaveLength(1);
  }
}

it('whatever happens in whatever order, sessions, files and history agree', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.constantFrom(...acts), { minLength: 2, maxLength: 14 }),
      fc.array(fc.nat({ max: 4 }), { minLength: 1, maxLength: 12 }),
      play,
    ),
    { numRuns: 2000 },
  );
});
