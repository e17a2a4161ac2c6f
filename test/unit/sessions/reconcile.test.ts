import { expect, it } from 'vitest';
import { Reconciliation } from '../../../src/services/sessions/reconcile.ts';
import { Gate, runsInMemory } from '../../support/runs-in-memory.ts';

const by = 'anna';

it('a session that starts during the sweep keeps its section and its credentials', async () => {
  const runs = runsInMemory();
  const { sessionId } = await runs.put({ sessionName: 'anna' });
  const sweeping = new Gate();
  const sweep = runs.files.sweep.bind(runs.files);
  runs.files.sweep = async (isActive) => {
    await sweeping.pass();
    return await sweep(isActive);
  };
  const reconciling = new Reconciliation(runs).reconcile();
  await sweeping.reached;
  await runs.runner.start(sessionId, { by });
  sweeping.open();
  await reconciling;
  expect(runs.delivered).toEqual(new Set([sessionId]));
});

it('a session that starts while credentials of ended runs are dropped keeps its own', async () => {
  const runs = runsInMemory();
  const { sessionId } = await runs.put({ sessionName: 'anna' });
  await runs.secrets.set('run/long-gone', '{}');
  const dropping = new Gate();
  const names = runs.secrets.names.bind(runs.secrets);
  runs.secrets.names = async () => {
    await dropping.pass();
    return await names();
  };
  const reconciling = new Reconciliation(runs).reconcile();
  await dropping.reached;
  await runs.runner.start(sessionId, { by });
  dropping.open();
  await reconciling;
  expect([...runs.secrets.kept.keys()]).toEqual([`run/${sessionId}`]);
});

it('a run that was cut off while it was starting ends as crashed', async () => {
  const runs = runsInMemory();
  const { sessionId } = await runs.put({ sessionName: 'anna' });
  await runs.repository.changeRun(sessionId, (session) => ({ ...session, status: 'pending' }));
  await new Reconciliation(runs).reconcile();
  expect(runs.repository.get(sessionId).lastEnd).toMatchObject({
    reason: 'crashed',
    message: 'Stint ended while the session was starting.',
  });
});
