import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createKeychain, type Keychain } from '../../../src/services/vault/keychain.ts';
import { startAgentHere } from '../../support/agent-here.ts';
import { scratchComputer } from '../../support/agent-process.ts';
import {
  hasSecretService,
  startSecretService,
  type SecretService,
} from '../../support/secret-service.ts';
import { keychainChild, scratchVault } from '../../support/scratch-vault.ts';

describe.runIf(hasSecretService())('a keyring that is locked, with nobody to ask', () => {
  let service: SecretService;
  let keychain: Keychain;
  beforeAll(async () => {
    service = await startSecretService();
    keychain = createKeychain({
      child: keychainChild,
      env: service.env,
      deadlineMilliseconds: 60_000,
    });
  });
  afterAll(() => service.stop());

  /** A home whose vault has its key in the keyring, with an environment that names no method. */
  async function home() {
    const computer = await scratchComputer({});
    onTestFinished(() => computer.remove());
    const { STINT_SECRETS, STINT_PASSPHRASE, ...env } = computer.env;
    const start = () => startAgentHere({ ...computer, env }, { keychain });
    const { agent } = await start();
    await agent.end('keep');
    return { computer, start };
  }

  test('differs from one without the item', async () => {
    await service.unlock();
    await keychain.write('there', 'value');
    expect(await keychain.isLocked('there')).toBe(false);
    expect(await keychain.read('not there')).toBeUndefined();
    await service.lock();
    expect(await keychain.isLocked('there')).toBe(true);
    for (const account of ['there', 'not there']) {
      await expect(keychain.read(account)).rejects.toMatchObject({
        code: 'keychain-unavailable',
        message: expect.stringContaining('locked') as string,
      });
    }
  });

  test('leaves the agent up and locked, with the same vault, until it is unlocked', async () => {
    await service.unlock();
    const { computer, start } = await home();
    const file = join(computer.home, 'secrets.vault');
    const vault = await readFile(file);
    await service.lock();
    const { agent, client } = await start();
    onTestFinished(() => agent.end('keep'));

    const self = await client.request('GET', '/v1/owner');
    expect(self.vault).toMatchObject({ locked: true, method: 'keychain' });
    expect(self.vault.detail).toContain('The keychain of your desktop session is locked');
    expect(self.vault.detail).not.toMatch(/move|away|no item/);
    expect((await client.request('GET', '/v1/sessions')).items).toEqual([]);
    expect((await client.request('GET', '/v1/prompts')).items).toMatchObject([{ kind: 'unlock' }]);
    const token = { name: 'x', role: 'viewer' } as const;
    await expect(client.request('POST', '/v1/tokens', { body: token })).rejects.toMatchObject({
      code: 'vault-locked',
      details: { next: 'Unlock it there. Stint then continues by itself.' },
    });
    expect(await readFile(file)).toEqual(vault);

    await service.unlock();
    await client.request('POST', '/v1/tokens', { body: token });
    expect((await client.request('GET', '/v1/owner')).vault.locked).toBe(false);
    expect((await client.request('GET', '/v1/prompts')).items).toEqual([]);
  });

  test('opens the vault by itself after the unlock, with no request', async () => {
    await service.unlock();
    const { start } = await home();
    await service.lock();
    const { agent, client } = await start();
    onTestFinished(() => agent.end('keep'));
    const { promise: isOpen, resolve } = Promise.withResolvers<undefined>();
    const opened = (async () => {
      const onSign = () => {
        resolve(undefined);
      };
      for await (const { event } of client.events({ onSign })) {
        if (event.type === 'vault') return event;
      }
      return undefined;
    })();
    // The request itself looks at the keyring too.
    await isOpen;
    await service.unlock();
    expect(await opened).toEqual({ type: 'vault', locked: false });
    expect((await client.request('GET', '/v1/owner')).vault.locked).toBe(false);
  });

  test('does not make a new vault ask for a passphrase without a word of the keychain', async () => {
    await service.unlock();
    await service.lock();
    const vault = await (await scratchVault()).open({ keychain });
    expect(vault.status()).toMatchObject({ locked: true, needs: 'new-passphrase' });
    expect(vault.status().detail).toContain('The keychain of your desktop session is locked');
    expect(await vault.retryKeychain({ ifUnsure: false })).toBe(false);
    await service.unlock();
    expect(await vault.retryKeychain({ ifUnsure: false })).toBe(true);
    expect(vault.status()).toMatchObject({ locked: false, method: 'keychain' });
  });

  test('does not open a vault again that a person has locked', async () => {
    await service.unlock();
    const vault = await (await scratchVault()).open({ keychain });
    await vault.lock();
    expect(await vault.retryKeychain({ ifUnsure: true })).toBe(false);
  });
});

test('an agent whose vault is damaged starts, and names the file', async () => {
  const computer = await scratchComputer({});
  onTestFinished(() => computer.remove());
  const first = await startAgentHere(computer);
  await first.agent.end('keep');
  const file = join(computer.home, 'secrets.vault');
  await writeFile(file, 'damaged');
  const { agent, client } = await startAgentHere(computer);
  onTestFinished(() => agent.end('keep'));
  expect((await client.request('GET', '/v1/owner')).vault.detail).toContain(
    `The vault ${file} cannot be read`,
  );
  expect((await client.request('GET', '/v1/sessions')).items).toEqual([]);
  expect(await readFile(file, 'utf8')).toBe('damaged');
});
