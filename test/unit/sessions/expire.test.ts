import { describe, expect, it } from 'vitest';
import { Problem } from '../../../src/models/problem.ts';
import type { Session } from '../../../src/models/session.ts';
import { Reconciliation } from '../../../src/services/sessions/reconcile.ts';
import { ended, rotated } from '../../../src/services/sessions/transitions.ts';
import { Gate, runsInMemory } from '../../support/runs-in-memory.ts';

const by = 'anna';

async function started() {
  const runs = runsInMemory();
  const { sessionId } = await runs.put({ sessionName: 'anna' });
  await runs.runner.start(sessionId, { by });
  const session = () => runs.repository.get(sessionId);
  const kept = () => [runs.delivered.has(sessionId), runs.secrets.kept.has(`run/${sessionId}`)];
  const told = () => runs.entries.filter(({ kind }) => kind === 'credentials-expired');
  const warned = () => runs.logged.filter(({ level }) => level === 'warn');
  return { ...runs, sessionId, session, kept, told, warned };
}

/** Expires the credentials of a session while `change` happens to it, just before it is looked at. */
async function expireAfter(
  runs: Awaited<ReturnType<typeof started>>,
  change: () => Promise<unknown>,
): Promise<void> {
  const gate = new Gate();
  const holding = runs.delivery.withNameLock(runs.session(), () => gate.pass());
  await gate.reached;
  const expiring = runs.runner.expire(runs.sessionId);
  await change();
  gate.open();
  await Promise.all([holding, expiring]);
}

describe('credentials that expire', () => {
  it('are removed from where tools look and from the vault, and their session waits for fresh ones', async () => {
    const { runner, sessionId, session, kept, told, warned, clock } = await started();
    const before = session();
    expect(kept()).toEqual([true, true]);
    await runner.expire(sessionId);
    expect(kept()).toEqual([false, false]);
    const expiredAt = new Date(clock.now()).toISOString();
    expect(session()).toMatchObject({ status: 'pending', run: { ...before.run, expiredAt } });
    expect(told()).toEqual([
      {
        kind: 'credentials-expired',
        sessionId,
        sessionName: 'anna',
        runId: before.run?.id,
        message: 'Its credentials expired before they could be renewed. Stint keeps trying.',
        by: 'stint',
      },
    ]);
    expect(warned()).toEqual([{ level: 'warn', event: 'session.credentials-expired' }]);
  });

  it('that cannot be removed now are in the history all the same, once, and removed at the next try', async () => {
    const { runner, sessionId, session, kept, told, warned, files } = await started();
    const remove = files.remove.bind(files);
    files.remove = () => Promise.reject(new Error('The disk does not answer.'));
    await expect(runner.expire(sessionId)).rejects.toThrow('does not answer');
    expect([session().status, ...kept()]).toEqual(['pending', true, true]);
    expect([told().length, warned().length]).toEqual([1, 1]);
    files.remove = remove;
    await runner.expire(sessionId);
    expect([session().status, ...kept()]).toEqual(['pending', false, false]);
    expect([told().length, warned().length]).toEqual([1, 1]);
  });

  it('are removed by the next owner where the one before was killed before it had removed them', async () => {
    const runs = await started();
    const { runner, sessionId, session, kept, files } = runs;
    const remove = files.remove.bind(files);
    files.remove = () => Promise.reject(new Error('killed'));
    await expect(runner.expire(sessionId)).rejects.toThrow('killed');
    files.remove = remove;
    await new Reconciliation(runs).reconcile();
    expect([session().status, ...kept()]).toEqual(['pending', false, false]);
  });

  it('in a file that cannot be written are removed at the first sweep at which it can', async () => {
    const runs = await started();
    const { runner, sessionId, kept, files, delivery } = runs;
    const reconciliation = new Reconciliation(runs);
    const remove = files.remove.bind(files);
    const left = {
      sessionId,
      file: '/home/anna/.aws/credentials',
      profileName: 'anna',
      what: 'section',
      reason: 'The file is read-only.',
    } as const;
    files.remove = () => Promise.resolve([left]);
    await runner.expire(sessionId);
    expect(delivery.leftovers()).toEqual([left]);
    await reconciliation.removeLeftovers();
    expect(delivery.leftovers()).toEqual([left]);
    files.remove = remove;
    await reconciliation.removeLeftovers();
    expect(delivery.leftovers()).toEqual([]);
    expect(kept()).toEqual([false, false]);
  });

  it('are removed also where the workspace cannot be written', async () => {
    const { runner, sessionId, session, kept, told, workspace } = await started();
    const problem = { detail: 'The disk is full.', next: 'Free some space.' };
    workspace.onSave = () => Promise.reject(new Problem('file-unwritable', problem));
    await runner.expire(sessionId);
    expect([session().status, ...kept()]).toEqual(['pending', false, false]);
    expect(told()).toHaveLength(1);
  });
});

describe('nothing is removed of a session', () => {
  it('that does not exist', async () => {
    const { runner, kept, told } = await started();
    await runner.expire('5f0c7c52-92f1-4b1c-9d5e-8d6f6c1f2a11');
    expect([...kept(), ...told()]).toEqual([true, true]);
  });

  it('that is only starting', async () => {
    const { runner, repository, sessionId, kept, told } = await started();
    await repository.changeRun(sessionId, (session) => ({ ...session, status: 'pending' }));
    await runner.expire(sessionId);
    expect([...kept(), ...told()]).toEqual([true, true]);
  });

  it('that was renewed meanwhile', async () => {
    const runs = await started();
    const { repository, provider, clock, elapsed, sessionId, session, kept, told } = runs;
    await clock.advance(1_000);
    const issued = await provider.obtain({} as never);
    const now = { machine: clock.now(), elapsed: elapsed.now() };
    await expireAfter(runs, () =>
      repository.changeRun(sessionId, (old) => rotated(old, issued, now)),
    );
    expect([session().status, ...kept(), ...told()]).toEqual(['active', true, true]);
  });

  it('that began another run meanwhile, whose credentials expire at the same moment', async () => {
    const runs = await started();
    const { repository, sessionId, session, kept, told } = runs;
    const another = (old: Session): Session => ({
      ...old,
      run: { ...old.run, id: crypto.randomUUID(), startedAt: old.startDateTime },
    });
    await expireAfter(runs, () => repository.changeRun(sessionId, another));
    expect([session().status, ...kept(), ...told()]).toEqual(['active', true, true]);
  });

  it('whose next run waits for fresh credentials, too', async () => {
    const runs = await started();
    const { repository, sessionId, session, kept, told } = runs;
    const another = (old: Session): Session => {
      const { startDateTime: expiredAt } = old;
      const run = { ...old.run, id: crypto.randomUUID(), startedAt: expiredAt, expiredAt };
      return { ...old, status: 'pending', run };
    };
    await expireAfter(runs, () => repository.changeRun(sessionId, another));
    expect([session().status, ...kept(), ...told()]).toEqual(['pending', true, true]);
  });

  it('that ended meanwhile: its end does that', async () => {
    const runs = await started();
    const { repository, clock, sessionId, session, kept, told } = runs;
    const end = { reason: 'stopped', message: 'Stopped by anna.' } as const;
    await expireAfter(runs, () =>
      repository.changeRun(sessionId, (old) => ended(old, end, clock.now())),
    );
    expect(session()).toMatchObject({ status: 'inactive', lastEnd: { reason: 'stopped' } });
    expect([...kept(), ...told()]).toEqual([true, true]);
  });
});
