import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { keychainAccount } from '../../../src/services/vault/keychain-key.ts';
import { createKeychain, type Keychain } from '../../../src/services/vault/keychain.ts';
import {
  hasSecretService,
  secretServicePrograms,
  startSecretService,
  type SecretService,
} from '../../support/secret-service.ts';
import {
  keychainChild,
  noKeychain,
  passphrase,
  scratchVault,
} from '../../support/scratch-vault.ts';

/** On a busy machine the child takes its time. */
const deadlineMilliseconds = 60_000;

test.runIf(process.platform === 'linux')('this machine has a Secret Service to test with', () => {
  expect(hasSecretService(), `needs ${secretServicePrograms.join(', ')}`).toBe(true);
});

describe.runIf(hasSecretService())('the keychain, a real Secret Service', () => {
  let service: SecretService;
  let keychain: Keychain;
  beforeAll(async () => {
    service = await startSecretService();
    keychain = createKeychain({ child: keychainChild, env: service.env, deadlineMilliseconds });
  });
  afterAll(() => service.stop());

  test('keeps, replaces and removes an item', async () => {
    expect(await keychain.read('item')).toBeUndefined();
    await keychain.write('item', 'wért "quoted"\n');
    expect(await keychain.read('item')).toBe('wért "quoted"\n');
    await keychain.write('item', 'other');
    expect(await keychain.read('item')).toBe('other');
    await keychain.remove('item');
    await keychain.remove('item');
    expect(await keychain.read('item')).toBeUndefined();
  });

  test('holds the master key of a new vault without anybody being asked', async () => {
    const scratch = await scratchVault();
    const vault = await scratch.open({ keychain });
    expect(vault.status()).toMatchObject({ locked: false, method: 'keychain' });
    await vault.set('a', '1');
    expect(await (await scratch.open({ keychain })).get('a')).toBe('1');
    expect(await readFile(scratch.file, 'utf8')).not.toContain(
      await keychain.read(keychainAccount(await vaultIdOf(scratch.file))),
    );
  });

  test('holds one item for each vault, so that two homes never share a key', async () => {
    const [one, two] = [await scratchVault(), await scratchVault()];
    await (await one.open({ keychain })).set('a', '1');
    await (await two.open({ keychain })).set('a', '2');
    expect(await (await one.open({ keychain })).get('a')).toBe('1');
  });

  test('moves to a passphrase when STINT_SECRETS asks, and back', async () => {
    const scratch = await scratchVault();
    await (await scratch.open({ keychain })).set('a', '1');
    const account = keychainAccount(await vaultIdOf(scratch.file));

    const moved = await scratch.open({ keychain, method: 'passphrase', passphrase });
    expect(moved.status()).toMatchObject({ locked: false, method: 'passphrase' });
    expect(await keychain.read(account)).toBeUndefined();
    expect(await (await scratch.open({ keychain: noKeychain, passphrase })).get('a')).toBe('1');

    const back = await scratch.open({ keychain, method: 'keychain' });
    expect(back.status()).toMatchObject({ locked: true, needs: 'passphrase' });
    await back.unlock(passphrase);
    expect(back.status()).toMatchObject({ locked: false, method: 'keychain' });
    expect(await (await scratch.open({ keychain })).get('a')).toBe('1');
  });

  test('keeps the key until a passphrase is given to move to', async () => {
    const scratch = await scratchVault();
    await (await scratch.open({ keychain })).set('a', '1');
    const vault = await scratch.open({ keychain, method: 'passphrase' });
    expect(vault.status()).toMatchObject({ locked: false, needs: 'new-passphrase' });
    await vault.unlock(passphrase);
    expect(vault.status()).toMatchObject({ locked: false, method: 'passphrase' });
    expect(await (await scratch.open({ keychain: noKeychain, passphrase })).get('a')).toBe('1');
  });

  test.each([
    ['is gone', (account: string) => keychain.remove(account)],
    ['is another key', (account: string) => keychain.write(account, 'A'.repeat(43) + '=')],
    ['is not a key', (account: string) => keychain.write(account, 'nonsense')],
  ])('whose item %s leaves the vault unchanged and says so', async (_what, change) => {
    const scratch = await scratchVault();
    await (await scratch.open({ keychain })).set('a', '1');
    const account = keychainAccount(await vaultIdOf(scratch.file));
    const item = (await keychain.read(account)) ?? '';
    const before = await readFile(scratch.file);
    await change(account);

    const vault = await scratch.open({ keychain, passphrase });
    await expect(vault.get('a')).rejects.toMatchObject({ code: 'vault-unreadable' });
    await expect(vault.set('b', '2')).rejects.toMatchObject({ code: 'vault-unreadable' });
    expect(await readFile(scratch.file)).toEqual(before);
    expect(await readdir(scratch.folder)).toEqual(['secrets.vault', 'secrets.vault.previous']);

    await keychain.write(account, item);
    await vault.unlock('');
    expect(await vault.get('a')).toBe('1');
  });

  test('that went away leaves the vault locked until it is back', async () => {
    const scratch = await scratchVault();
    await (await scratch.open({ keychain })).set('a', '1');
    let present = false;
    const flaky: Keychain = {
      read: (...request) => (present ? keychain : noKeychain).read(...request),
      write: (...request) => (present ? keychain : noKeychain).write(...request),
      remove: (account) => (present ? keychain : noKeychain).remove(account),
      ofService: (service) => keychain.ofService(service),
      isLocked: (account) => (present ? keychain : noKeychain).isLocked(account),
    };
    const vault = await scratch.open({ keychain: flaky });
    expect(vault.status()).toMatchObject({ locked: true, needs: 'keychain' });
    await expect(vault.get('a')).rejects.toMatchObject({ code: 'vault-locked' });
    await expect(vault.unlock('x')).rejects.toMatchObject({ code: 'keychain-unavailable' });
    present = true;
    await vault.unlock('x');
    expect(await vault.get('a')).toBe('1');
  });
});

describe.runIf(process.platform === 'linux')('a message bus that never answers', () => {
  let folder: string;
  let server: Server;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'stint-mute-'));
    server = createServer(() => undefined);
    server.listen(join(folder, 'bus'));
    await once(server, 'listening');
  });
  afterAll(async () => {
    server.close();
    await rm(folder, { recursive: true, force: true });
  });

  test('is given up on, and the child that hangs in it is gone', async () => {
    const env = { DBUS_SESSION_BUS_ADDRESS: `unix:path=${join(folder, 'bus')}` };
    // Long enough for the child to start and connect on a busy machine.
    const mute = createKeychain({ child: keychainChild, env, deadlineMilliseconds: 20_000 });
    const hungUp = new Promise((resolve) => {
      server.once('connection', (socket: Socket) => socket.resume().once('close', resolve));
    });
    await expect(mute.read('item')).rejects.toMatchObject({
      code: 'keychain-unavailable',
      message: expect.stringContaining('did not answer within 20 seconds') as string,
    });
    await hungUp;
  });
});

test('the child gets the value over a pipe, and of our environment only what it needs', async () => {
  const { folder } = await scratchVault();
  const spy = join(folder, 'spy.mjs');
  await writeFile(
    spy,
    `import { text } from 'node:stream/consumers';
     import { writeFileSync } from 'node:fs';
     const { operation, value } = JSON.parse(await text(process.stdin));
     const { env, argv } = process;
     writeFileSync(${JSON.stringify(join(folder, 'seen'))}, JSON.stringify({ env, argv, value }));
     console.log(JSON.stringify({ value: null }));`,
  );
  const env = { PATH: '/bin', STINT_PASSPHRASE: 'pass-me-not', AWS_SECRET_ACCESS_KEY: 'nor-me' };
  await createKeychain({ child: [process.execPath, spy], env }).write('item', 'the value');
  expect(JSON.parse(await readFile(join(folder, 'seen'), 'utf8'))).toEqual({
    env: { PATH: '/bin' },
    argv: [process.execPath, spy],
    value: 'the value',
  });
});

async function vaultIdOf(file: string): Promise<string> {
  const { header } = JSON.parse(await readFile(file, 'utf8')) as { header: { vaultId: string } };
  return header.vaultId;
}
