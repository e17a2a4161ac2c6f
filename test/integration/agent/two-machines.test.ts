import { readFile, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { startAgentHere } from '../../support/agent-here.ts';
import { scratchComputer } from '../../support/agent-process.ts';

it('a home that an agent of another machine used last says so, until that agent has ended', async () => {
  const computer = await scratchComputer({});
  onTestFinished(() => computer.remove());
  const record = join(computer.home, 'agent.json');
  const first = await startAgentHere(computer);
  await first.agent.end('keep');
  const ours = JSON.parse(await readFile(record, 'utf8')) as Record<string, unknown>;
  expect(ours['machine']).toBe(hostname());
  await writeFile(record, JSON.stringify({ ...ours, machine: 'old-laptop' }));

  const second = await startAgentHere(computer);
  const { notices } = await second.client.request('GET', '/v1/owner');
  expect(notices).toEqual([expect.stringContaining('An agent on old-laptop used')]);
  await second.agent.end('stop');

  const third = await startAgentHere(computer);
  onTestFinished(() => third.agent.end('stop'));
  expect((await third.client.request('GET', '/v1/owner')).notices).toEqual([]);
});
