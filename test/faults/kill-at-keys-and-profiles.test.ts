import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connectAdmin, type AdminClient } from '../../practice-cloud/admin-client.ts';
import { startPracticeCloud, type PracticeCloud } from '../../practice-cloud/practice-cloud.ts';
import { scratchComputer, type ScratchComputer } from '../support/agent-process.ts';
import { isCampaign, minutes } from '../support/campaign.ts';
import { startFaultyAgent, type FaultyAgent } from './faulty-agent.ts';

/*
 * kill -9 in the middle of a rotation of access keys, which changes the vault, the workspace and the cloud,
 * and of publishing profiles: at each step in a campaign, at a few of them otherwise.
 */

const own = '# mine\r\n[profile personal]\r\nregion = eu-north-1\r\n\r\n[sso-session corp]\r\n';
const killsOtherwise = 3;

let cloud: PracticeCloud;
let admin: AdminClient;
let computer: ScratchComputer;
let users = 0;
beforeAll(async () => {
  cloud = await startPracticeCloud();
  admin = connectAdmin(cloud);
  await admin.setOverrides({ newKeyDelayMs: 0 });
  const made = await scratchComputer({ stsEndpoint: cloud.stsEndpoint, credentials: '' });
  computer = { ...made, env: { ...made.env, AWS_ENDPOINT_URL_IAM: cloud.iamEndpoint } };
});
afterAll(async () => {
  await cloud.close();
  await computer.remove();
});

/** At which of `count` steps the process is killed. */
function killsAmong(count: number): readonly number[] {
  const all = Array.from({ length: count }, (_, at) => at + 1);
  const between = Math.ceil(count / killsOtherwise);
  return isCampaign ? all : all.filter((_, at) => at % between === Math.floor(between / 2));
}

/** A session of a new user: the cloud remembers what happened to the keys of the one before. */
async function addUser(agent: FaultyAgent) {
  users += 1;
  const user = await admin.createUser({ accountId: '447109328810', userName: `user-${users}` });
  const added = await agent.call('POST', '/v1/sessions', {
    type: 'awsIamUser',
    sessionName: `user-${users}`,
    region: 'eu-west-1',
    secrets: { accessKeyId: user.accessKeyId, secretAccessKey: user.secretAccessKey },
  });
  return { user, path: `/v1/sessions/${added.json<{ sessionId: string }>().sessionId}` };
}

/** Runs `operate` until step `stopAt`, kills there, and gives what the step was. */
async function killedAt(
  agent: FaultyAgent,
  stopAt: number,
  operate: () => Promise<unknown>,
): Promise<string | undefined> {
  await agent.arm(stopAt, false);
  const hit = await agent.hit(operate());
  await agent.kill();
  return hit;
}

async function stepsOf(operate: (agent: FaultyAgent) => Promise<() => Promise<unknown>>) {
  const agent = await startFaultyAgent(computer);
  try {
    const run = await operate(agent);
    await agent.arm(0, false);
    await run();
    return (await agent.steps()).length;
  } finally {
    await agent.kill();
  }
}

describe('killed while it rotates access keys', () => {
  interface Shown {
    readonly keyRotation?: { readonly step: string };
  }

  it(
    'the next owner ends with a key that works, and one key or two that it names',
    async () => {
      const steps = await stepsOf(async (agent) => {
        const { path } = await addUser(agent);
        return () => agent.call('POST', `${path}/rotate-keys`, { finish: false });
      });
      expect(steps).toBeGreaterThan(10);
      let hits = 0;
      let agent = await startFaultyAgent(computer);
      try {
        for (const stopAt of killsAmong(steps)) {
          const { user, path } = await addUser(agent);
          const rotate = () => agent.call('POST', `${path}/rotate-keys`, { finish: false });
          const hit = await killedAt(agent, stopAt, rotate);
          agent = await startFaultyAgent(computer);
          if (hit === undefined) continue;
          hits += 1;
          const rotation = async () =>
            (await agent.call('GET', path)).json<Shown>().keyRotation?.step ?? 'none';
          await expect.poll(rotation).not.toBe('unfinished');
          const keys = await admin.keys(user.arn);
          const active = keys.filter(({ status }) => status === 'Active');
          const inactive = (await rotation()) === 'old-key-waiting' ? 1 : 0;
          expect([hit, keys.length - active.length]).toEqual([hit, inactive]);
          // AWS takes the session's key, which an inactive or a deleted one would not be.
          expect((await agent.call('POST', `${path}/start`)).status).toBe(200);
          expect((await agent.call('POST', `${path}/stop`)).status).toBe(200);
          if (active.length === 2) {
            const history = await agent.call('GET', '/v1/history?kind=key-rotation-failed&limit=1');
            expect([hit, history.text]).toEqual([hit, expect.stringContaining('does not know')]);
          }
        }
      } finally {
        await agent.kill();
      }
      expect(hits).toBeGreaterThanOrEqual(killsAmong(steps).length - 1);
    },
    minutes(2),
  );
});

describe('killed while it publishes profiles', () => {
  const file = () => join(computer.folder, '.aws', 'config');
  const publish = (agent: FaultyAgent) => agent.call('POST', '/v1/profiles/publish', { all: true });
  const text = () => readFile(file(), 'utf8');

  it(
    'the file is as before or has the whole block, and unpublishing gives every byte back',
    async () => {
      await writeFile(file(), own);
      const steps = await stepsOf(async (agent) => {
        await addUser(agent);
        return () => publish(agent);
      });
      const published = await text();
      expect(published.startsWith(own)).toBe(true);
      expect(published).toContain('credential_process = ');
      let hits = 0;
      let agent = await startFaultyAgent(computer);
      const unpublish = async () => {
        const taken = await agent.call('POST', '/v1/profiles/unpublish', { all: true });
        expect([taken.status, await text()]).toEqual([200, own]);
      };
      try {
        for (const stopAt of killsAmong(steps)) {
          await unpublish();
          const hit = await killedAt(agent, stopAt, () => publish(agent));
          agent = await startFaultyAgent(computer);
          if (hit === undefined) continue;
          hits += 1;
          expect([own, published]).toContain(await text());
          expect((await publish(agent)).status).toBe(200);
          expect(await text()).toBe(published);
          await unpublish();
        }
      } finally {
        await agent.kill();
      }
      expect(hits).toBeGreaterThanOrEqual(killsAmong(steps).length - 1);
    },
    minutes(2),
  );
});
