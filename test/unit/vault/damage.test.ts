import { readdir, readFile, writeFile } from 'node:fs/promises';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { openEnvelope, readEnvelope, sealVault } from '../../../src/services/vault/vault-file.ts';
import { minutes } from '../../support/campaign.ts';
import { damages, kindsOfDamage } from '../../support/damaged-database.ts';
import { keychainInMemory } from '../../support/keychain-in-memory.ts';
import { passphrase, scratchVault } from '../../support/scratch-vault.ts';
import { header, vaultInKeychain } from './vault-in-keychain.ts';

const masterKey = Buffer.alloc(32, 7);
const secrets = new Map([
  ['session/1/keys', 'geheim'],
  ['__proto__', 'no trap'],
]);

describe('a sealed vault', () => {
  test('opens with its key and with no other', () => {
    const envelope = readEnvelope(sealVault(header, masterKey, secrets), 'file');
    expect(openEnvelope(envelope, masterKey, 'file')).toEqual(secrets);
    expect(() => openEnvelope(envelope, Buffer.alloc(32, 8), 'file')).toThrow('does not open it');
  });

  test('with any bit flipped is reported, or opens to the very same secrets', () => {
    const sealed = Buffer.from(sealVault(header, masterKey, secrets));
    for (let bit = 0; bit < sealed.length * 8; bit += 1) {
      const flipped = Buffer.from(sealed);
      flipped.writeUInt8(flipped.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
      let opened;
      try {
        opened = openEnvelope(readEnvelope(flipped.toString('utf8'), 'f'), masterKey, 'f');
      } catch (problem) {
        expect(problem).toMatchObject({ code: 'vault-unreadable' });
        continue;
      }
      expect(opened).toEqual(secrets);
    }
  });

  test.each(['nonce', 'content', 'tag'] as const)(
    'with any bit of its %s flipped by somebody who computes its checksum again is reported',
    (field) => {
      const own = readEnvelope(sealVault(header, masterKey, secrets), 'file');
      const bytes = Buffer.from(own[field], 'base64');
      for (let bit = 0; bit < bytes.length * 8; bit += 1) {
        const flipped = Buffer.from(bytes);
        flipped.writeUInt8(flipped.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
        const changed = { ...own, [field]: flipped.toString('base64') };
        expect(() => openEnvelope(changed, masterKey, 'file')).toThrow('does not open it');
      }
    },
  );

  test('cut short anywhere is reported', () => {
    const sealed = sealVault(header, masterKey, secrets).trimEnd();
    for (let length = 0; length < sealed.length; length += 1) {
      expect(() => readEnvelope(sealed.slice(0, length), 'file')).toThrow('cannot be read');
    }
  });

  test('with a header of somebody else is reported, checksum or not', () => {
    const own = readEnvelope(sealVault(header, masterKey, secrets), 'file');
    const moved = { ...own, header: { ...header, vaultId: crypto.randomUUID() } };
    expect(() => openEnvelope(moved, masterKey, 'file')).toThrow('does not open it');
  });
});

test('each new vault has a key that opens no other', async () => {
  const keys = await Promise.all(
    [1, 2].map(async () => {
      const scratch = await vaultInKeychain();
      await scratch.open();
      const { vaultId } = readEnvelope(await readFile(scratch.file, 'utf8'), 'file').header;
      return await scratch.keychain.read(`vault ${vaultId}`);
    }),
  );
  expect(keys.map((key) => Buffer.from(key ?? '', 'base64').length)).toEqual([32, 32]);
  expect(new Set(keys).size).toBe(2);
});

describe.each(kindsOfDamage)('a vault file that is %s at any byte', (kind) => {
  test(
    'opens to the very same secrets, or is kept and names itself and what to do',
    async () => {
      const scratch = await scratchVault();
      const keychain = keychainInMemory();
      const open = () => scratch.open({ method: 'keychain', keychain });
      const first = await open();
      await first.set('a', '1');
      await first.set('b', '2');
      const whole = await readFile(scratch.file);
      const files = (await readdir(scratch.folder)).toSorted();
      const counts = { damaged: 0, refused: 0, opened: 0 };
      for (let at = 0; at < whole.length; at += 1) {
        counts.damaged += 1;
        const damaged = damages[kind](whole, at);
        await writeFile(scratch.file, damaged);
        const vault = await open();
        const { locked, detail, next } = vault.status();
        if (locked) {
          counts.refused += 1;
          expect([at, detail, next]).toEqual([
            at,
            expect.stringContaining(scratch.file),
            expect.stringContaining('stint doctor --restore-vault'),
          ]);
          await expect(vault.set('c', '3')).rejects.toMatchObject({ code: 'vault-unreadable' });
        } else {
          counts.opened += 1;
          expect([at, await vault.get('a'), await vault.get('b')]).toEqual([at, '1', '2']);
        }
        expect((await readFile(scratch.file)).equals(damaged)).toBe(true);
        expect((await readdir(scratch.folder)).toSorted()).toEqual(files);
      }
      console.log(`vault ${kind}: ${JSON.stringify(counts)}`);
      expect(counts.refused).toBeGreaterThan(0);
    },
    minutes(1),
  );
});

describe('a damaged vault file', () => {
  test.each([
    ['is empty', () => ''],
    ['is cut short', (text: string) => text.slice(0, text.length / 2)],
    ['is of a newer version', (text: string) => text.replace('"version":1', '"version":2')],
    ['asks for a weaker key derivation', (text: string) => text.replace('131072', '2')],
    ['asks for all memory', (text: string) => text.replace('131072', '1099511627776')],
  ])('that %s is kept, reported and never overwritten', async (_what, damage) => {
    const scratch = await scratchVault();
    await (await scratch.open()).set('a', '1');
    const damaged = damage(await readFile(scratch.file, 'utf8'));
    await writeFile(scratch.file, damaged);

    const vault = await scratch.open();
    expect(vault.status()).toMatchObject({
      locked: true,
      detail: expect.stringContaining(scratch.file) as string,
    });
    const unreadable = { code: 'vault-unreadable' };
    await expect(vault.get('a')).rejects.toMatchObject(unreadable);
    await expect(vault.set('b', '2')).rejects.toMatchObject(unreadable);
    await expect(vault.unlock(passphrase)).rejects.toMatchObject(unreadable);
    await expect(vault.rewrap('passphrase', { passphrase })).rejects.toMatchObject(unreadable);
    expect(await readFile(scratch.file, 'utf8')).toBe(damaged);
    expect(await readdir(scratch.folder)).toEqual(['secrets.vault', 'secrets.vault.previous']);
  });

  test('opens again once a good copy was put back', async () => {
    const scratch = await scratchVault();
    await (await scratch.open()).set('a', '1');
    const good = await readFile(scratch.file);
    await writeFile(scratch.file, 'x');
    const vault = await scratch.open();
    await writeFile(scratch.file, good);
    await vault.unlock(passphrase);
    expect(await vault.get('a')).toBe('1');
  });

  test('whatever the file contains, opening leaves it unchanged', async () => {
    const scratch = await scratchVault();
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          fc.uint8Array(),
          fc.json().map((json) => Buffer.from(json)),
        ),
        async (bytes) => {
          await writeFile(scratch.file, bytes);
          const vault = await scratch.open();
          await expect(vault.set('a', '1')).rejects.toMatchObject({ code: 'vault-unreadable' });
          expect(await readFile(scratch.file)).toEqual(Buffer.from(bytes));
        },
      ),
    );
  });
});
