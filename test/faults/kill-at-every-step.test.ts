import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { minutes, stepsBetweenKills } from '../support/campaign.ts';
import { startFaultyAgent } from './faulty-agent.ts';
import { sessionToKill, type Operation, type SessionToKill } from './session-to-kill.ts';

/*
 * kill -9 at writes, fsyncs, renames and removals of start, rotate and stop: at each of them in a
 * campaign, at every fourth otherwise. random-kills.test.ts kills the next agents, too.
 */

let session: SessionToKill;
beforeAll(async () => {
  session = await sessionToKill();
}, minutes(1));
afterAll(async () => {
  await session.close();
});

/** Runs the operation up to step `stopAt`, kills there, and lets the next agent find what is left. */
async function killAt({ name, from, run }: Operation, stopAt: number, half: boolean) {
  await session.restore(from);
  const agent = await startFaultyAgent(session.computer);
  await agent.arm(stopAt, half);
  const hit = await agent.hit(run(agent));
  await agent.kill();
  if (hit === undefined) return undefined;
  console.log(`killed in ${name} ${half ? 'half-way through' : 'before'} step ${hit}`);
  await session.expectWholeFiles();
  await session.expectRepaired();
  return hit;
}

describe.each(['start', 'rotate', 'stop'])('killed at a step of %s', (name) => {
  it(
    'the workspace loads, no file is half-written, and the next agent repairs everything',
    async () => {
      const operation = session.operations.find((one) => one.name === name);
      if (operation === undefined) throw new Error(`no operation is called ${name}`);
      const steps = await session.stepsOf(operation);
      console.log(`${name} makes ${steps.length} steps`);
      expect(steps.length).toBeGreaterThan(10);
      expect(steps.join('\n')).toMatch(/ rename .*credentials/);
      expect(steps.join('\n')).toMatch(/ fsync .*workspace/);

      const kills = steps
        .flatMap((step, index) => [
          { stopAt: index + 1, half: false },
          ...(/^\d+ write /.test(step) ? [{ stopAt: index + 1, half: true }] : []),
        ])
        .filter((_, index) => index % stepsBetweenKills === 0);
      let hits = 0;
      for (const { stopAt, half } of kills) {
        if ((await killAt(operation, stopAt, half)) !== undefined) hits += 1;
      }
      // A run may take a step less than the first did, such as one log line.
      expect(hits).toBeGreaterThanOrEqual(kills.length - 2);
    },
    minutes(3),
  );
});

it('the search for half-written files finds one', async () => {
  await session.restore('active');
  await session.expectWholeFiles();
  await session.halveFile();
  await expect(session.expectWholeFiles()).rejects.toThrow();
});
