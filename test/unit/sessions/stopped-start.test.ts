import { describe, expect, it } from 'vitest';
import { Problem } from '../../../src/models/problem.ts';
import { Gate, runsInMemory } from '../../support/runs-in-memory.ts';

const by = 'anna';
const end = { reason: 'cancelled', message: 'Stopped.', by } as const;

/** A session that is active, and another on its profile, to be started. */
async function onOneProfile() {
  const runs = runsInMemory();
  const old = await runs.put({ sessionName: 'old', profileName: 'shared' });
  const young = await runs.put({ sessionName: 'young', profileName: 'shared' });
  await runs.runner.start(old.sessionId, { by });
  runs.entries.splice(0);
  return { runs, old, young };
}

type Runs = Awaited<ReturnType<typeof onOneProfile>>['runs'];

/** Holds a start at a step, whose work is done before or after. */
const steps: Readonly<Record<string, (runs: Runs, gate: Gate) => void>> = {
  'is looked at': ({ files }, gate) => {
    files.prepare = () => gate.pass();
  },
  'asks for credentials': ({ provider }, gate) => {
    const obtain = provider.obtain.bind(provider);
    provider.obtain = async (request) => {
      await gate.pass();
      return await obtain(request);
    };
  },
  'has its credentials, which come in the moment of the stop': ({ provider }, gate) => {
    const obtain = provider.obtain.bind(provider);
    provider.obtain = async (request) => {
      const issued = await obtain(request);
      await gate.pass();
      return issued;
    };
  },
  'waits for another one that uses its profile': ({ delivery, provider }, gate) => {
    const obtain = provider.obtain.bind(provider);
    provider.obtain = async (request) => {
      void delivery.withNameLock(request.session, () => gate.pass());
      return await obtain(request);
    };
  },
};

/** The same where its credentials are already being delivered. */
const lateSteps: typeof steps = {
  'keeps its credentials in the vault': ({ secrets }, gate) => {
    const set = secrets.set.bind(secrets);
    secrets.set = async (name, value) => {
      await set(name, value);
      await gate.pass();
    };
  },
  'writes its credentials into the file': ({ files }, gate) => {
    const write = files.write.bind(files);
    files.write = async (...request) => {
      const left = await write(...request);
      await gate.pass();
      return left;
    };
  },
  'fails to write its credentials': ({ files }, gate) => {
    files.write = async () => {
      await gate.pass();
      throw new Problem('file-unwritable', { detail: 'The disk is full.', next: 'Try again.' });
    };
  },
};

/** Stops the start of a session at a step; what is left after that. */
async function stoppedAt(hold: (runs: Runs, gate: Gate) => void) {
  const { runs, old, young } = await onOneProfile();
  const gate = new Gate();
  hold(runs, gate);
  const starting = runs.runner.start(young.sessionId, { by }).catch((error: unknown) => error);
  await gate.reached;
  const stopping = runs.runner.end(young.sessionId, end);
  gate.open();
  const stopped = await stopping;
  const outcome = await starting;
  const inVault = (await runs.secrets.names()).filter((name) => name.includes(young.sessionId));
  return { runs, old, young, stopped, outcome, inVault };
}

describe.each(Object.entries(steps))('a start that %s', (_name, hold) => {
  it('and is stopped leaves no credentials, and the other session in its place', async () => {
    const { runs, old, young, stopped, outcome, inVault } = await stoppedAt(hold);
    expect(outcome).toMatchObject({ code: 'session-ended' });
    expect(stopped.session.lastEnd).toMatchObject({ reason: 'cancelled', message: 'Stopped.' });
    expect(inVault).toEqual([]);
    expect([...runs.delivered]).toEqual([old.sessionId]);
    expect(runs.repository.get(old.sessionId).status).toBe('active');
    expect(runs.entries.map(({ kind, sessionId, reason }) => [kind, sessionId, reason])).toEqual([
      ['session-stopped', young.sessionId, 'cancelled'],
    ]);
  });
});

describe.each(Object.entries(lateSteps))('a start that %s', (_name, hold) => {
  it('and is stopped leaves no credentials, and a history in which every run ends', async () => {
    const { runs, young, stopped, inVault } = await stoppedAt(hold);
    expect(stopped.session.status).toBe('inactive');
    expect(inVault).toEqual([]);
    expect([...runs.delivered]).not.toContain(young.sessionId);
    const own = runs.entries.filter(({ sessionId }) => sessionId === young.sessionId);
    expect(own.filter(({ kind }) => kind === 'session-stopped')).toHaveLength(1);
    expect(own.at(-1)).toMatchObject({ kind: 'session-stopped', reason: 'cancelled' });
  });
});

it('a start that the end of the agent cancels is over, with the other session in its place', async () => {
  const { runs, old, young } = await onOneProfile();
  const gate = new Gate();
  steps['has its credentials, which come in the moment of the stop']?.(runs, gate);
  const starting = runs.runner.start(young.sessionId, { by });
  const refused = expect(starting).rejects.toMatchObject({ code: 'session-ended' });
  await gate.reached;
  runs.drain();
  gate.open();
  await refused;
  expect(runs.repository.get(young.sessionId)).toMatchObject({
    status: 'inactive',
    lastEnd: { reason: 'cancelled', message: 'Stint is shutting down.' },
  });
  expect([...runs.delivered]).toEqual([old.sessionId]);
  expect(await runs.secrets.names()).toEqual([`run/${old.sessionId}`]);
});

it('a start that cannot write its credentials keeps none in the vault', async () => {
  const { runs, old, young } = await onOneProfile();
  runs.files.write = () =>
    Promise.reject(new Problem('file-unwritable', { detail: 'Full.', next: 'Try again.' }));
  await expect(runs.runner.start(young.sessionId, { by })).rejects.toThrow('Full.');
  const inVault = await runs.secrets.names();
  expect(inVault).toEqual([`run/${old.sessionId}`]);
});
