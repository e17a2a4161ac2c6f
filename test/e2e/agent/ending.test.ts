import { existsSync } from 'node:fs';
import { mkdir, readFile, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Client } from '../../../src/client/client.ts';
import { accountId, practiceForEachTest } from '../../practice-cloud/practice.ts';
import { startAgentHere, type AgentHere } from '../../support/agent-here.ts';
import { openFilesIn } from '../../support/open-files.ts';
import { scratchComputer, type ScratchComputer } from '../../support/agent-process.ts';

const practice = practiceForEachTest();
const mine = '# mine\n[own]\naws_access_key_id = AKIAOWN\n';
let computer: ScratchComputer;
let here: AgentHere | undefined;

beforeEach(async () => {
  computer = await scratchComputer({ stsEndpoint: practice.endpoint, credentials: mine });
});
afterEach(async () => {
  await here?.agent.end('stop');
  here = undefined;
  await computer.remove();
});

const credentialsFile = () => readFile(computer.credentialsFile, 'latin1');

async function addSession(client: Client, userName: string) {
  const user = await practice.admin.createUser({ accountId, userName });
  const { accessKeyId, secretAccessKey } = user;
  const { sessionId } = await client.request('POST', '/v1/sessions', {
    body: {
      type: 'awsIamUser',
      sessionName: userName,
      region: 'eu-west-1',
      secrets: { accessKeyId, secretAccessKey },
    },
  });
  return { path: { id: sessionId } };
}

const openFiles = () => openFilesIn(computer.home);

describe('an owner that is asked to end', () => {
  it('refuses every new start and rotation', async () => {
    here = await startAgentHere(computer);
    const { agent, client } = here;
    const { path } = await addSession(client, 'anna');
    await client.request('POST', '/v1/sessions/{id}/start', { path, body: {} });
    const ended = agent.end('stop');
    const refused = { code: 'owner-ending', status: 503 };
    await expect(
      client.request('POST', '/v1/sessions/{id}/start', { path, body: { unattended: true } }),
    ).rejects.toMatchObject(refused);
    await expect(
      client.request('POST', '/v1/sessions/{id}/rotate', { path }),
    ).rejects.toMatchObject(refused);
    await ended;
    expect(await credentialsFile()).toBe(mine);
  });

  it('ends although its record cannot be removed, and leaves no file open', async () => {
    here = await startAgentHere(computer);
    const record = join(computer.home, 'agent.json');
    await rm(record);
    await mkdir(join(record, 'in the way'), { recursive: true });
    expect(await openFiles()).not.toEqual([]);
    await here.agent.end('stop');
    expect(await here.agent.ended).toBe('stopped');
    expect(await openFiles()).toEqual([]);
    expect(existsSync(join(computer.home, 'agent.sock'))).toBe(false);
  });
});

describe('an owner that ends while its sessions continue', () => {
  const get = async (url: string, token: string) =>
    (await fetch(url, { headers: { Authorization: token } })).status;

  it('leaves its port to the next, so that running programs continue', async () => {
    here = await startAgentHere(computer);
    const { client } = here;
    await client.request('PATCH', '/v1/settings', { body: { onQuit: 'keep-sessions' } });
    const { path } = await addSession(client, 'anna');
    await client.request('POST', '/v1/sessions/{id}/start', { path, body: {} });
    const { token, url } = await client.request('POST', '/v1/sessions/{id}/leases', {
      path,
      body: { kind: 'endpoint' },
    });
    expect(await get(url, token)).toBe(200);

    await here.agent.end('as-set');
    expect(await here.agent.ended).toBe('stopped');
    await expect(get(url, token)).rejects.toThrow('fetch failed');
    here = await startAgentHere(computer);
    expect(await get(url, token)).toBe(200);
  });

  it('does not leave a port that nothing uses', async () => {
    here = await startAgentHere(computer, { port: 0 });
    await here.agent.end('as-set');
    expect(existsSync(join(computer.home, 'agent.json'))).toBe(false);
  });
});

it('an owner that fails to start leaves nothing open', async () => {
  const other = createServer();
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
  const { port } = other.address() as AddressInfo;
  await expect(startAgentHere(computer, { port })).rejects.toThrow('EADDRINUSE');
  other.close();
  expect(await openFiles()).toEqual([]);
  expect(existsSync(join(computer.home, 'agent.sock'))).toBe(false);
});
