import { describe, expect, it } from 'vitest';
import { endSessions } from '../../../src/agent/end-sessions.ts';
import { runsInMemory } from '../../support/runs-in-memory.ts';

const by = 'anna';

const asking = (runs: Pick<ReturnType<typeof runsInMemory>, 'provider'>) => {
  const obtain = runs.provider.obtain.bind(runs.provider);
  runs.provider.obtain = async (request) => {
    await request.ask({ kind: 'mfa', text: 'MFA code' });
    return await obtain(request);
  };
};

describe('a process that is ending', () => {
  it('refuses starts and rotations', async () => {
    const runs = runsInMemory();
    const { runner } = runs;
    const { sessionId } = await runs.put({ sessionName: 'anna' });
    const { sessionId: active } = await runs.put({ sessionName: 'ben' });
    await runner.start(active, { by });
    runs.drain();
    await expect(runner.start(sessionId, { by })).rejects.toMatchObject({ code: 'owner-ending' });
    await expect(runner.rotate(active, by)).rejects.toMatchObject({ code: 'owner-ending' });
    await endSessions(runs, 'stop');
    expect(runs.repository.all().map(({ status }) => status)).toEqual(['inactive', 'inactive']);
  });

  it('cancels a start that waits for a person, and closes its question', async () => {
    const runs = runsInMemory();
    const { runner } = runs;
    asking(runs);
    const { sessionId } = await runs.put({ sessionName: 'anna' });
    const starting = runner.start(sessionId, { by });
    const refused = expect(starting).rejects.toMatchObject({ code: 'session-ended' });
    await runs.clock.advance(0);
    expect(runs.prompts.list()).toHaveLength(1);
    runs.drain();
    await refused;
    expect(runs.prompts.list()).toEqual([]);
    await endSessions(runs, 'keep');
    expect(runs.repository.get(sessionId).lastEnd).toMatchObject({
      reason: 'cancelled',
      message: 'Stint is shutting down.',
    });
  });

  it('cancels a rotation that waits for a person, and keeps the session active', async () => {
    const runs = runsInMemory();
    const { runner } = runs;
    const { sessionId } = await runs.put({ sessionName: 'anna' });
    await runner.start(sessionId, { by });
    asking(runs);
    const rotating = runner.rotate(sessionId, 'stint');
    const refused = expect(rotating).rejects.toMatchObject({ code: 'session-ended' });
    await runs.clock.advance(0);
    runs.drain();
    await refused;
    await endSessions(runs, 'keep');
    expect(runs.repository.get(sessionId).status).toBe('active');
    expect(runs.delivered).toEqual(new Set([sessionId]));
  });

  it('ends all sessions although the end of one fails', async () => {
    const runs = runsInMemory();
    const { runner } = runs;
    const ids: string[] = [];
    for (const sessionName of ['anna', 'ben', 'carl']) {
      const { sessionId } = await runs.put({ sessionName });
      await runner.start(sessionId, { by });
      ids.push(sessionId);
    }
    const remove = runs.files.remove.bind(runs.files);
    runs.files.remove = (target) =>
      target.sessionId === ids[0] ? Promise.reject(new Error('EIO')) : remove(target);
    runs.drain();
    await endSessions(runs, 'stop');
    expect(runs.repository.all().map(({ lastEnd }) => lastEnd?.reason)).toEqual([
      'shutdown',
      'shutdown',
      'shutdown',
    ]);
    expect(runs.delivered).toEqual(new Set([ids[0]]));
    expect(runs.logged).toContainEqual({ level: 'error', event: 'owner.session-not-ended' });
  });

  it('ends a session that was removed meanwhile without an error', async () => {
    const runs = runsInMemory();
    const { runner } = runs;
    const { sessionId } = await runs.put({ sessionName: 'anna' });
    await runner.start(sessionId, { by });
    const removing = runner.end(sessionId, { reason: 'removed', message: 'Removed.', by }, () =>
      runs.repository.remove(sessionId),
    );
    runs.drain();
    await endSessions(runs, 'stop');
    await removing;
    expect(runs.repository.all()).toEqual([]);
    expect(runs.logged.filter(({ level }) => level === 'error')).toEqual([]);
  });

  it('asks nobody anything any more', async () => {
    const runs = runsInMemory();
    runs.drain();
    const question = { kind: 'mfa' as const, text: 'MFA code', deadline: runs.clock.now() + 1000 };
    const { signal } = new AbortController();
    await expect(runs.prompts.ask(question, signal)).rejects.toThrow('Stint is shutting down.');
    expect(runs.prompts.list()).toEqual([]);
  });
});
