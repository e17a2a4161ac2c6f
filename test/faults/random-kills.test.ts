import { appendFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { killSeeds, minutes } from '../support/campaign.ts';
import { Random } from '../support/simulation/random.ts';
import { killWhileStarting, startFaultyAgent } from './faulty-agent.ts';
import { sessionToKill, type SessionToKill } from './session-to-kill.ts';

/*
 * kill -9 where a seed says: at a step of an operation, and then up to three times at a step of the agents that
 * start after it and repair what it left. `npm run test:kills -- --kills 1000` continues until that many.
 */

const seeds = killSeeds();

let session: SessionToKill;
/** How many steps each operation makes undisturbed. */
const steps = new Map<string, number>();
beforeAll(async () => {
  session = await sessionToKill();
  for (const operation of session.operations) {
    steps.set(operation.name, (await session.stepsOf(operation)).length);
  }
}, minutes(1));
afterAll(async () => {
  await session.close();
});

/** Of the steps that an agent makes while it starts; those of a repair are among the first. */
const mostStartSteps = 40;

/** Returns where the agents were killed. */
async function killsOf(seed: number): Promise<readonly string[]> {
  const random = new Random(seed);
  const upTo = (most: number) => 1 + Math.floor(random.next() * most);
  const { name, from, run } = random.oneOf(session.operations);
  await session.restore(from);
  const agent = await startFaultyAgent(session.computer);
  await agent.arm(upTo(steps.get(name) ?? 1), random.chance(0.3));
  const hit = await agent.hit(run(agent));
  await agent.kill();
  const kills = [`${name} ${hit ?? 'after its last step'}`];
  await session.expectWholeFiles();
  while (kills.length < 4 && random.chance(0.6)) {
    const next = await killWhileStarting(
      session.computer,
      upTo(mostStartSteps),
      random.chance(0.3),
    );
    kills.push(`next ${next ?? 'when it was ready'}`);
    await session.expectWholeFiles();
  }
  await session.expectRepaired();
  return kills;
}

it.each(seeds)(
  'killed wherever seed %d says, nothing is lost and nothing is left',
  async (seed) => {
    const kills = await killsOf(seed);
    expect(kills.length).toBeGreaterThan(0);
    console.log(`seed ${seed}: ${kills.join(', ')}`);
    const log = process.env['STINT_KILL_LOG'];
    if (log !== undefined) await appendFile(log, `${JSON.stringify({ seed, kills })}\n`);
  },
  minutes(1),
);
