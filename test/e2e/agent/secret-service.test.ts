import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { connectAdmin } from '../../../practice-cloud/admin-client.ts';
import { startPracticeCloud, type PracticeCloud } from '../../../practice-cloud/practice-cloud.ts';
import {
  scratchComputer,
  startAgentProcess,
  type AgentProcess,
  type ScratchComputer,
} from '../../support/agent-process.ts';
import { startSecretService, type SecretService } from '../../support/secret-service.ts';

let cloud: PracticeCloud;
let service: SecretService;
let computer: ScratchComputer;
let agent: AgentProcess | undefined;

beforeEach(async () => {
  cloud = await startPracticeCloud();
  service = await startSecretService();
  computer = await scratchComputer({ stsEndpoint: cloud.stsEndpoint });
});
afterEach(async () => {
  await agent?.kill();
  agent = undefined;
  await service.stop();
  await cloud.close();
  await computer.remove();
});

/** An agent that can open the vault only through the keychain. */
async function start(env: NodeJS.ProcessEnv = {}): Promise<AgentProcess> {
  agent = await startAgentProcess(computer, {
    env: {
      ...service.env,
      HOME: computer.folder,
      STINT_SECRETS: 'keychain',
      STINT_PASSPHRASE: '',
      ...env,
    },
  });
  return agent;
}

interface Vault {
  readonly locked: boolean;
  readonly method: string;
}
const vaultOf = async (owner: AgentProcess) =>
  (await owner.call('GET', '/v1/owner')).json<{ vault: Vault }>().vault;

async function addSession(owner: AgentProcess): Promise<string> {
  const user = await connectAdmin(cloud).createUser({
    accountId: '447109328810',
    userName: 'anna',
  });
  const added = await owner.call('POST', '/v1/sessions', {
    type: 'awsIamUser',
    sessionName: 'anna',
    region: 'eu-west-1',
    secrets: { accessKeyId: user.accessKeyId, secretAccessKey: user.secretAccessKey },
  });
  expect(added.status).toBe(201);
  return added.json<{ sessionId: string }>().sessionId;
}

describe('with the master key in a real Secret Service', () => {
  it('nobody is asked, also after a restart, and running sessions continue', async () => {
    const first = await start();
    expect(await vaultOf(first)).toMatchObject({ locked: false, method: 'keychain' });
    const id = await addSession(first);
    expect((await first.call('POST', `/v1/sessions/${id}/start`)).status).toBe(200);
    await first.kill('SIGKILL');

    const second = await start();
    expect(await vaultOf(second)).toMatchObject({ locked: false });
    expect((await second.call('GET', `/v1/sessions/${id}`)).json()).toMatchObject({
      status: 'active',
    });
    expect((await second.call('POST', `/v1/sessions/${id}/rotate`)).status).toBe(200);
  });

  it('if its keyring is gone, the vault is locked: list and stop work, the rest names the prompt', async () => {
    const first = await start();
    const id = await addSession(first);
    await first.call('POST', `/v1/sessions/${id}/start`);
    await first.kill('SIGKILL');
    await service.stop();

    const second = await start();
    expect(await vaultOf(second)).toMatchObject({ locked: true });
    expect((await second.call('GET', '/v1/sessions')).status).toBe(200);
    const refused = await second.call('POST', `/v1/sessions/${id}/rotate`);
    expect(refused.status).toBe(423);
    const { items } = (await second.call('GET', '/v1/prompts')).json<{
      items: { promptId: string }[];
    }>();
    expect(items.map(({ promptId }) => promptId)).toContain(
      refused.json<{ promptId: string }>().promptId,
    );
    expect((await second.call('POST', `/v1/sessions/${id}/stop`)).status).toBe(200);
    expect(await readFile(computer.credentialsFile, 'utf8').catch(() => '')).not.toContain(
      '[anna]',
    );
  });

  it('the key moves to a passphrase when STINT_SECRETS says so, and back', async () => {
    const first = await start();
    const id = await addSession(first);
    await first.kill('SIGTERM');
    const passphrase = { STINT_SECRETS: 'passphrase', STINT_PASSPHRASE: 'correct horse battery' };
    const second = await start(passphrase);
    expect(await vaultOf(second)).toMatchObject({ locked: false, method: 'passphrase' });
    expect((await second.call('POST', `/v1/sessions/${id}/start`)).status).toBe(200);
    await second.kill('SIGTERM');
    const third = await start({ STINT_PASSPHRASE: 'correct horse battery' });
    expect(await vaultOf(third)).toMatchObject({ locked: false, method: 'keychain' });
    expect(await readFile(join(computer.home, 'secrets.vault'), 'utf8')).toContain('"keychain"');
  });
});
