import { describe, expect, it } from 'vitest';
import { Problem } from '../../../src/models/problem.ts';
import { Gate, runsInMemory } from '../../support/runs-in-memory.ts';

const by = 'anna';

/** Two sessions on one profile, the first of them active. */
async function onOneProfile() {
  const runs = runsInMemory();
  const old = await runs.put({ sessionName: 'old', profileName: 'shared' });
  const young = await runs.put({ sessionName: 'young', profileName: 'shared' });
  await runs.runner.start(old.sessionId, { by });
  return { runs, old, young };
}

/** Starts `sessionId` up to the point where its section has just been written. */
async function startedUpToWriting(
  runs: Awaited<ReturnType<typeof onOneProfile>>['runs'],
  sessionId: string,
) {
  const writing = new Gate();
  runs.files.write = async () => {
    await writing.pass();
    return [];
  };
  const starting = runs.runner.start(sessionId, { by });
  await writing.reached;
  return { starting, writing };
}

it('a start supersedes a session that is just stopping', async () => {
  const { runs, old, young } = await onOneProfile();
  const { starting, writing } = await startedUpToWriting(runs, young.sessionId);
  const saving = new Gate();
  runs.workspace.onSave = () => saving.pass();
  const stopping = runs.runner.end(old.sessionId, { reason: 'stopped', message: 'Stopped.', by });
  await saving.reached;
  // The old session still counts as active when the start comes to supersede it.
  writing.open();
  await runs.clock.advance(0);
  saving.open();
  await stopping;
  await starting;
  expect(runs.repository.get(young.sessionId).status).toBe('active');
  expect(runs.repository.get(old.sessionId).lastEnd?.reason).toBe('stopped');
  const ends = runs.entries.filter(({ kind }) => kind === 'session-stopped');
  expect(ends.map(({ sessionName, reason }) => [sessionName, reason])).toEqual([
    ['old', 'stopped'],
  ]);
});

it('a stop of a session that is just superseded says that it ended', async () => {
  const { runs, old, young } = await onOneProfile();
  const saving = new Gate();
  runs.workspace.onSave = async ({ put }) => {
    const isEnd = put?.some((one) => one.sessionId === old.sessionId && one.status === 'inactive');
    if (isEnd === true) await saving.pass();
  };
  const starting = runs.runner.start(young.sessionId, { by });
  await saving.reached;
  const stopping = runs.runner.end(old.sessionId, { reason: 'stopped', message: 'Stopped.', by });
  await runs.clock.advance(0);
  saving.open();
  await starting;
  expect((await stopping).session.lastEnd?.reason).toBe('superseded');
  const ends = runs.entries.filter(({ kind }) => kind === 'session-stopped');
  expect(ends.map(({ reason }) => reason)).toEqual(['superseded']);
});

it('a start supersedes a session that is just removed', async () => {
  const { runs, old, young } = await onOneProfile();
  const { starting, writing } = await startedUpToWriting(runs, young.sessionId);
  const saving = new Gate();
  runs.workspace.onSave = () => saving.pass();
  const removing = runs.repository.remove(old.sessionId);
  await saving.reached;
  writing.open();
  await runs.clock.advance(0);
  saving.open();
  await removing;
  await starting;
  expect(runs.repository.get(young.sessionId).status).toBe('active');
});

it('an end that is written late never replaces the start that followed it', async () => {
  const runs = runsInMemory();
  const { sessionId } = await runs.put({ sessionName: 'anna' });
  await runs.runner.start(sessionId, { by });
  runs.workspace.onSave = () =>
    Promise.reject(
      new Problem('file-unwritable', { next: 'Try again.', detail: 'The disk is full.' }),
    );
  await runs.runner.end(sessionId, { reason: 'stopped', message: 'Stopped.', by });
  // There is room again: the start saves first, and the flush came in while it did.
  const saving = new Gate();
  let isFirst = true;
  runs.workspace.onSave = async () => {
    if (!isFirst) return;
    isFirst = false;
    await saving.pass();
  };
  const starting = runs.runner.start(sessionId, { by });
  await saving.reached;
  const flushing = runs.repository.flush();
  await runs.clock.advance(0);
  saving.open();
  await flushing;
  await starting;
  expect(runs.repository.get(sessionId).status).toBe('active');
  expect(runs.workspace.store.session(sessionId)?.status).toBe('active');
});

describe('a start asked for while the end of the start before is still being written', () => {
  /** The first start waits for credentials; its end waits to be written. */
  async function endingStart() {
    const runs = runsInMemory();
    const { sessionId } = await runs.put({ sessionName: 'anna' });
    const asking = new Gate();
    const obtain = runs.provider.obtain.bind(runs.provider);
    let fail: (error: Error) => void = () => undefined;
    runs.provider.obtain = async (request) => {
      runs.provider.obtain = obtain;
      asking.pass().catch(() => undefined);
      return await new Promise((_resolve, reject) => {
        fail = reject;
        request.signal.addEventListener('abort', () => {
          reject(request.signal.reason as Error);
        });
      });
    };
    const first = runs.runner.start(sessionId, { by });
    const refused = expect(first).rejects.toThrow();
    await asking.reached;
    const ending = new Gate();
    runs.workspace.onSave = async ({ put }) => {
      if (put?.some(({ status }) => status === 'inactive') === true) await ending.pass();
    };
    return { runs, sessionId, ending, refused, fail };
  }

  it('is another start after a failure', async () => {
    const { runs, sessionId, ending, refused, fail } = await endingStart();
    fail(new Error('Nobody answered.'));
    await ending.reached;
    const second = runs.runner.start(sessionId, { by });
    ending.open();
    await refused;
    expect((await second).status).toBe('active');
  });

  it('is another start after a stop', async () => {
    const { runs, sessionId, ending, refused } = await endingStart();
    const stopping = runs.runner.end(sessionId, { reason: 'cancelled', message: 'Stopped.', by });
    await ending.reached;
    const second = runs.runner.start(sessionId, { by });
    ending.open();
    await Promise.all([refused, stopping]);
    expect((await second).status).toBe('active');
  });
});
