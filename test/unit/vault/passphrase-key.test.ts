import { createCipheriv, randomBytes, scrypt } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { Problem } from '../../../src/models/problem.ts';
import { PassphraseAttempts } from '../../../src/services/vault/passphrase-attempts.ts';
import {
  checkNewPassphrase,
  unwrapKey,
  wrapKey,
} from '../../../src/services/vault/passphrase-key.ts';
import { passphrase, scratchVault } from '../../support/scratch-vault.ts';

const derive = promisify<string, Buffer, number, object, Buffer>(scrypt);

test('a master key opens with the cost that its file names', async () => {
  const masterKey = randomBytes(32);
  // Cheaper than any that a file may name, which does not matter here.
  const cost = { N: 2 ** 10, r: 8, p: 2 };
  const [salt, nonce] = [randomBytes(32), randomBytes(12)];
  const derived = await derive(passphrase, salt, 32, cost);
  const cipher = createCipheriv('aes-256-gcm', derived, nonce);
  const wrapped = Buffer.concat([cipher.update(masterKey), cipher.final()]).toString('base64');
  const key = {
    kdf: 'scrypt',
    ...cost,
    salt: salt.toString('base64'),
    nonce: nonce.toString('base64'),
    wrapped,
    tag: cipher.getAuthTag().toString('base64'),
  };
  expect(await unwrapKey(key as never, passphrase)).toEqual(masterKey);
});

test('the same passphrase makes another key for each vault, and wraps its key in other bytes', async () => {
  const masterKey = randomBytes(32);
  const [one, two] = await Promise.all([1, 2].map(() => wrapKey(masterKey, passphrase)));
  expect(one?.salt).not.toBe(two?.salt);
  expect(one?.nonce).not.toBe(two?.nonce);
  expect(one?.wrapped).not.toBe(two?.wrapped);
});

test('a new passphrase has at least eight characters', () => {
  expect(() => checkNewPassphrase('12345678')).not.toThrow();
  const short = {
    code: 'invalid-request',
    details: {
      detail: "The vault's passphrase must have at least 8 characters.",
      next: 'Choose a longer one. Four words are easy to remember.',
    },
  };
  expect(() => checkNewPassphrase('1234567')).toThrow(expect.objectContaining(short));
});

test('a refused change of the passphrase says what was wrong, and changes nothing', async () => {
  const scratch = await scratchVault();
  const vault = await scratch.open();
  const before = await readFile(scratch.file);
  // The new one is looked at first, so that no attempt is lost.
  for (let i = 0; i < 6; i += 1) {
    await expect(
      vault.rewrap('passphrase', { current: 'wrong', passphrase: 'short' }),
    ).rejects.toThrow('at least 8 characters');
  }
  await expect(
    vault.rewrap('passphrase', { current: 'wrong', passphrase: 'another good one' }),
  ).rejects.toMatchObject({
    code: 'invalid-request',
    details: {
      detail: 'The current passphrase does not open the vault. Nothing was changed.',
      next: 'Enter the passphrase that the vault has now.',
      errors: [{ field: 'current', message: 'must be the passphrase that the vault has now' }],
    },
  });
  expect(await readFile(scratch.file)).toEqual(before);
});

describe('attempts', () => {
  const locked = new Problem('vault-locked', { detail: 'x', next: 'x' });
  const refused = new Problem('invalid-request', { detail: 'x', next: 'x' });
  const noKeychain = new Problem('keychain-unavailable', { detail: 'x', next: 'x' });
  const fails = (error: Error) => () => Promise.reject(error);
  const yes = () => true;
  const no = () => false;

  async function after(times: number, error: Error, isWrong: () => boolean) {
    const attempts = new PassphraseAttempts({ now: () => 0 });
    for (let i = 0; i < times; i += 1) {
      await expect(attempts.limit(fails(error), isWrong)).rejects.toBe(error);
    }
    return attempts;
  }

  test.each([
    ['vault-locked', locked],
    ['invalid-request', refused],
  ])('that fail with %s count, and the sixth waits', async (_code, error) => {
    const attempts = await after(5, error, yes);
    expect(() => attempts.admit()).toThrow(
      expect.objectContaining({
        code: 'too-many-attempts',
        details: { detail: 'The last 5 passphrases were wrong.', next: 'Try again in 2 s.' },
      }),
    );
    await expect(attempts.limit(fails(new Error('it is not tried')), yes)).rejects.toMatchObject({
      code: 'too-many-attempts',
    });
  });

  test.each([
    ['by the keychain', noKeychain, yes],
    ['by a bug', new Error('a bug'), yes],
    ['where no passphrase was asked for', locked, no],
  ])('that fail %s do not count', async (_why, error, isWrong) => {
    const attempts = await after(9, error, isWrong);
    expect(() => attempts.admit()).not.toThrow();
  });

  test('start over after the right one', async () => {
    const attempts = await after(4, locked, yes);
    await attempts.limit(() => Promise.resolve(), yes);
    for (let i = 0; i < 4; i += 1) {
      await expect(attempts.limit(fails(locked), yes)).rejects.toBe(locked);
    }
    expect(() => attempts.admit()).not.toThrow();
  });

  test('of a new passphrase that is too short do not count', async () => {
    const vault = await (await scratchVault()).open({ method: 'passphrase' });
    for (let i = 0; i < 6; i += 1) {
      await expect(vault.unlock('short')).rejects.toMatchObject({ code: 'invalid-request' });
    }
  });
});
