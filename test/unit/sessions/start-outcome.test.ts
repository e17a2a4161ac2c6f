import { expect, it } from 'vitest';
import { outcomeOf } from '../../../src/services/sessions/start-outcome.ts';
import { runsInMemory } from '../../support/runs-in-memory.ts';

it('a start that finds its question open already answers once its own run has begun', async () => {
  const runs = runsInMemory();
  const { put, runner, prompts, provider, elapsed } = runs;
  const { sessionId } = await put({ sessionName: 'anna' });
  // As the sign-in of an integration that another session waits for.
  prompts.open({ kind: 'mfa', text: 'Code', sessionId, deadline: elapsed.now() + 60_000 }, never);
  provider.obtain = () => new Promise(() => undefined);
  const outcome = outcomeOf(runs, sessionId, {
    begin: () => runner.start(sessionId, { by: 'anna' }),
  });
  expect(await outcome).toMatchObject({
    session: { status: 'pending' },
    prompts: [{ sessionId, text: 'Code' }],
  });
});

const never = new AbortController().signal;
