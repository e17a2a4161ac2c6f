import { expect, it } from 'vitest';
import { runsInMemory } from '../../support/runs-in-memory.ts';

it('limits that count readers refuse a start whose delivery became a file', async () => {
  const { put, runner, repository } = runsInMemory();
  const { sessionId } = await put({
    sessionName: 'anna',
    limits: { maxLeases: 1, idleSeconds: 900 },
  });
  await expect(runner.start(sessionId, { by: 'anna' })).rejects.toMatchObject({
    code: 'invalid-request',
    message: expect.stringContaining('maxLeases and idleSeconds') as string,
  });
  expect(repository.get(sessionId).status).toBe('inactive');
});
