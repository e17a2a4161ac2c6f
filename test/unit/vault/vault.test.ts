import { readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { noKeychain, passphrase, scratchVault } from '../../support/scratch-vault.ts';

describe('a vault with a passphrase', () => {
  test('keeps secrets over a restart, readable by its user alone', async () => {
    const scratch = await scratchVault();
    const vault = await scratch.open();
    await vault.set('session/1/keys', 'geheim ✓');
    await vault.set('session/2/keys', 'other');
    await vault.delete('session/2/keys');
    await vault.delete('never there');

    const again = await scratch.open();
    expect(await again.get('session/1/keys')).toBe('geheim ✓');
    expect(await again.get('session/2/keys')).toBeUndefined();
    expect(await again.names()).toEqual(['session/1/keys']);
    expect((await stat(scratch.file)).mode & 0o777).toBe(0o600);
  });

  test('shows neither secrets nor their names in the file', async () => {
    const scratch = await scratchVault();
    await (await scratch.open()).set('session/1/keys', 'geheim');
    const text = await readFile(scratch.file, 'utf8');
    for (const form of [text, Buffer.from(text, 'base64').toString('latin1')]) {
      expect(form).not.toContain('geheim');
      expect(form).not.toContain('session/1');
    }
  });

  test('never uses a nonce twice', async () => {
    const scratch = await scratchVault();
    const vault = await scratch.open();
    const nonces = new Set<string>();
    for (let i = 0; i < 20; i += 1) {
      await vault.set('same', 'value');
      const { nonce } = JSON.parse(await readFile(scratch.file, 'utf8')) as { nonce: string };
      nonces.add(nonce);
    }
    expect(nonces.size).toBe(20);
  });

  test('lets twenty writes at once all land', async () => {
    const scratch = await scratchVault();
    const vault = await scratch.open();
    const names = Array.from({ length: 20 }, (_, i) => `secret ${i}`);
    await Promise.all(names.map((name) => vault.set(name, `value of ${name}`)));
    const again = await scratch.open();
    expect([...(await again.names())].sort()).toEqual([...names].sort());
    expect(await again.get('secret 7')).toBe('value of secret 7');
  });

  test('writes once what is set in one turn, and each caller hears when it is there', async () => {
    const scratch = await scratchVault();
    const vault = await scratch.open();
    await vault.set('before', '0');
    const { ino } = await stat(scratch.file);
    await Promise.all([vault.set('token', '1'), vault.set('run', '2')]);
    // The version before is the one before both.
    expect((await stat(`${scratch.file}.previous`)).ino).toBe(ino);
    const again = await scratch.open();
    expect([await again.get('token'), await again.get('run')]).toEqual(['1', '2']);
  });

  test('keeps the order of what is set and deleted in one turn', async () => {
    const scratch = await scratchVault();
    const vault = await scratch.open();
    await Promise.all([
      vault.set('a', '1'),
      vault.set('b', '1'),
      vault.delete('a'),
      vault.set('a', '2'),
      vault.set('b', '2'),
      vault.delete('b'),
    ]);
    const again = await scratch.open();
    expect([await again.get('a'), await again.get('b')]).toEqual(['2', undefined]);
  });

  test('takes the same passphrase however its accents were typed', async () => {
    const scratch = await scratchVault();
    await (await scratch.open({ method: 'passphrase', passphrase: 'déjà vu déjà' })).set('a', '1');
    const composed = 'déjà vu déjà'.normalize('NFD');
    expect(await (await scratch.open({ passphrase: composed })).get('a')).toBe('1');
  });
});

describe('a locked vault', () => {
  test('gives nothing away, takes nothing in, and says how to unlock it', async () => {
    const scratch = await scratchVault();
    await (await scratch.open()).set('a', '1');
    const vault = await scratch.open({});
    expect(vault.status()).toMatchObject({
      locked: true,
      method: 'passphrase',
      needs: 'passphrase',
    });
    expect(vault.status().keychainFailure).toBeUndefined();
    const locked = {
      code: 'vault-locked',
      details: { next: expect.stringContaining('stint unlock') as string },
    };
    await expect(vault.get('a')).rejects.toMatchObject(locked);
    await expect(vault.names()).rejects.toMatchObject(locked);
    await expect(vault.set('b', '2')).rejects.toMatchObject(locked);
    await expect(vault.delete('a')).rejects.toMatchObject(locked);
    expect(() => vault.requireOpen()).toThrow('locked');

    await vault.unlock(passphrase);
    expect(vault.status()).toMatchObject({ locked: false, method: 'passphrase' });
    expect(await vault.get('a')).toBe('1');
  });

  test('refuses a wrong passphrase and takes the right one afterwards', async () => {
    const scratch = await scratchVault();
    await (await scratch.open()).set('a', '1');
    const vault = await scratch.open({ passphrase: 'not the right one' });
    expect(vault.status().locked).toBe(true);
    await expect(vault.unlock('still not right')).rejects.toMatchObject({
      code: 'vault-locked',
      message: expect.stringContaining('does not open it') as string,
    });
    await vault.unlock(passphrase);
    expect(await vault.get('a')).toBe('1');
  });

  test('can be locked again at any moment, even with writes under way', async () => {
    const scratch = await scratchVault();
    const vault = await scratch.open();
    await vault.set('before', '1');
    const writes = Array.from({ length: 5 }, (_, i) => vault.set(`late ${i}`, 'x'));
    await vault.lock();
    const outcomes = await Promise.allSettled(writes);
    expect(vault.status()).toMatchObject({ locked: true, needs: 'passphrase' });
    await expect(vault.get('before')).rejects.toMatchObject({ code: 'vault-locked' });
    expect(outcomes.map(({ status }) => status)).toEqual(Array(5).fill('rejected'));
    await vault.unlock(passphrase);
    expect(await vault.get('before')).toBe('1');
  });
});

describe('a vault that is not there yet', () => {
  test('waits for a passphrase to be chosen where there is no keychain', async () => {
    const scratch = await scratchVault();
    const vault = await scratch.open({});
    expect(vault.status()).toMatchObject({
      locked: true,
      method: 'passphrase',
      needs: 'new-passphrase',
    });
    await expect(vault.unlock('short')).rejects.toMatchObject({ code: 'invalid-request' });
    expect(await readdir(scratch.folder)).toEqual([]);
    await vault.unlock(passphrase);
    await vault.set('a', '1');
    expect(await (await scratch.open()).get('a')).toBe('1');
  });

  test('is not made with a passphrase when the keychain was asked for', async () => {
    const scratch = await scratchVault();
    const vault = await scratch.open({ method: 'keychain', passphrase });
    expect(vault.status()).toMatchObject({ locked: true, method: 'keychain', needs: 'keychain' });
    await expect(vault.unlock(passphrase)).rejects.toMatchObject({ code: 'keychain-unavailable' });
    await expect(vault.get('a')).rejects.toMatchObject({ code: 'vault-locked' });
    expect(await readdir(scratch.folder)).toEqual([]);
  });
});

describe('the passphrase', () => {
  test('can be changed; the old one opens the vault no more', async () => {
    const scratch = await scratchVault();
    const vault = await scratch.open();
    await vault.set('a', '1');
    await vault.rewrap('passphrase', { current: passphrase, passphrase: 'another good one' });
    // It asks nothing of a keychain, which has no key of this vault.
    expect(vault.status().detail).toBe('The vault is open; its key is protected by a passphrase.');
    expect((await scratch.open()).status().locked).toBe(true);
    expect(await (await scratch.open({ passphrase: 'another good one' })).get('a')).toBe('1');
  });

  test('stays when the keychain that should take its place does not answer', async () => {
    const scratch = await scratchVault();
    await (await scratch.open()).set('a', '1');
    const vault = await scratch.open({ method: 'keychain', passphrase });
    expect(await vault.get('a')).toBe('1');
    expect(vault.status()).toMatchObject({
      locked: false,
      method: 'passphrase',
      detail: expect.stringContaining('STINT_SECRETS') as string,
    });
    await expect(vault.rewrap('keychain', { current: passphrase })).rejects.toMatchObject({
      code: 'keychain-unavailable',
    });
    expect(await (await scratch.open()).get('a')).toBe('1');
  });
});

describe('a vault file changed by somebody else while it is open', () => {
  test('is read first where it is an older copy of the same vault', async () => {
    const scratch = await scratchVault();
    const vault = await scratch.open();
    await vault.set('old', '1');
    const copy = await readFile(scratch.file);
    await vault.set('newer', '2');
    await writeFile(scratch.file, copy);
    await vault.set('last', '3');
    expect([...(await vault.names())].sort()).toEqual(['last', 'old']);
  });

  test('is never overwritten where it is another vault', async () => {
    const [scratch, other] = [await scratchVault(), await scratchVault()];
    const vault = await scratch.open();
    await vault.set('a', '1');
    await (await other.open()).set('b', '2');
    const theirs = await readFile(other.file);
    await writeFile(scratch.file, theirs);
    await expect(vault.set('c', '3')).rejects.toMatchObject({ code: 'vault-unreadable' });
    expect(await readFile(scratch.file)).toEqual(theirs);
    expect(await vault.get('c')).toBeUndefined();
  });

  test('is made again where it was removed', async () => {
    const scratch = await scratchVault();
    const vault = await scratch.open();
    await vault.set('a', '1');
    await rm(scratch.file);
    await vault.set('b', '2');
    expect([...(await (await scratch.open()).names())].sort()).toEqual(['a', 'b']);
  });
});

test('a machine without any keychain gets an error that says what to do', async () => {
  await expect(noKeychain.read('x')).rejects.toMatchObject({
    code: 'keychain-unavailable',
    details: { next: expect.stringContaining('STINT_SECRETS=passphrase') as string },
  });
});
