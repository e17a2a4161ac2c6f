import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startAgentProcess } from '../support/agent-process.ts';
import { isCampaign, minutes } from '../support/campaign.ts';
import { damages, kindsOfDamage } from '../support/damaged-database.ts';
import { own, sessionToKill, type SessionToKill } from './session-to-kill.ts';

/*
 * A whole agent that was killed while a session was active, in whose home one file was damaged meanwhile. The tests
 * of each file damage it at every byte (docs/faults.md); here it is what the agent makes of it.
 */

let session: SessionToKill;
beforeAll(async () => {
  session = await sessionToKill();
});
afterAll(async () => {
  await session.close();
});

/** Files that the agent reads at its start. */
const files = [
  'access.db',
  'agent.json',
  'cleanup.json',
  'clock.json',
  'history.db',
  'secrets.vault',
  'secrets.vault.previous',
  'stash.vault',
  'token',
  'window.key',
  'workspace.json',
];
/** The agent makes these again by itself, or reads them no more. */
const isRemade = new Set([
  'agent.json',
  'clock.json',
  'secrets.vault.previous',
  'token',
  'window.key',
]);

/** Each start of an agent takes a second or two: in a campaign every 397th byte, otherwise one. */
const offsets = (length: number) =>
  isCampaign ? [...Array(length).keys()].filter((at) => at % 397 === 0) : [Math.floor(length / 2)];
const kinds = isCampaign ? kindsOfDamage : (['changed'] as const);

describe.each(files)('a damaged %s', (name) => {
  it(
    'keeps no agent from starting, and from stopping the session with the user’s file as before',
    async () => {
      await session.restore('active');
      const file = join(session.computer.home, name);
      const whole = readFileSync(file);
      for (const at of offsets(whole.length)) {
        for (const kind of kinds) {
          await session.restore('active');
          const damaged = damages[kind](whole, at);
          writeFileSync(file, damaged);
          await expectWholeAgent(`${name} ${kind} at ${at}`, { name, damaged });
        }
      }
    },
    minutes(isCampaign ? 20 : 2),
  );
});

async function expectWholeAgent(
  what: string,
  { name, damaged }: { readonly name: string; readonly damaged: Buffer },
): Promise<void> {
  const { computer } = session;
  const agent = await startAgentProcess(computer);
  try {
    const stopped = await agent.call('POST', `/v1/sessions/${session.sessionId}/stop`);
    expect([what, stopped.status, stopped.text]).toEqual([
      what,
      200,
      expect.stringContaining('"leftovers":[]'),
    ]);
    expect([what, readFileSync(computer.credentialsFile, 'latin1')]).toEqual([what, own]);
    for (const path of ['/v1/sessions', '/v1/history', '/v1/tokens', '/v1/profiles', '/v1/owner']) {
      expect([what, path, (await agent.call('GET', path)).status]).toEqual([what, path, 200]);
    }
    expect(agent.stderr()).not.toMatch(/^\s+at /m);
    const { items } = (await agent.call('GET', '/v1/sessions')).json<{
      items: readonly { readonly sessionName: string }[];
    }>();
    expect([what, items.map(({ sessionName }) => sessionName)]).toEqual([what, ['anna']]);
    if (!isRemade.has(name)) expect([what, isKept(damaged, name)]).toEqual([what, true]);
  } finally {
    await agent.kill();
  }
}

/** Whether the bytes are there under some name; a file that is not set aside was used, and written since. */
function isKept(damaged: Buffer, name: string): boolean {
  const { home } = session.computer;
  const beside = readdirSync(home).filter((one) => one.startsWith(name.split('.')[0] ?? name));
  const isSetAside = beside.some((one) => /damaged|set-aside/.test(one));
  return !isSetAside || beside.some((one) => readFileSync(join(home, one)).equals(damaged));
}
