import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { Identities } from '../../../src/services/integrations/azure/identities.ts';
import { createAwsIamUserProvider } from '../../../src/services/providers/aws-iam-user.ts';
import { RunCredentials } from '../../../src/services/sessions/run-credentials.ts';
import { createSessionCookies } from '../../../src/services/sign-in/session-cookies.ts';
import { hideFromLog } from '../../../src/services/vault/hide-from-log.ts';
import { cachedReader, readCached, readSecret } from '../../../src/services/vault/read-secret.ts';
import { FakeClock } from '../../fakes/clock.ts';
import { secretsInMemory } from '../../support/secrets-in-memory.ts';

function scratch(entries: Readonly<Record<string, unknown>>) {
  const inner = secretsInMemory();
  for (const [name, value] of Object.entries(entries)) {
    void inner.set(name, typeof value === 'string' ? value : JSON.stringify(value));
  }
  const logged: unknown[] = [];
  const log = {
    hide: () => undefined,
    warn: (operation: string, fields?: object) => logged.push({ operation, ...fields }),
  };
  return { secrets: hideFromLog(inner, log), kept: inner.kept, logged };
}

const schema = z.object({ token: z.string(), expiresAt: z.number() });
const about = { what: 'The token of acme', next: 'Sign in again.' };

describe('an entry of the vault that this version cannot use', () => {
  it.each([
    ['of another shape', { token: 5 }, 'token must be text, not a number; expiresAt is required'],
    ['that is not JSON', '{torn', 'it is required'],
    ['of another kind', [], 'it must be a JSON object, not a list'],
  ])('%s is refused by its fields, kept and logged once', async (_what, value, why) => {
    const { secrets, kept, logged } = scratch({ entry: value });
    const before = kept.get('entry');
    for (let time = 0; time < 2; time += 1) {
      await expect(readSecret(secrets, 'entry', schema, about)).rejects.toMatchObject({
        code: 'secret-unreadable',
        details: { detail: expect.stringContaining(why) as string, next: 'Sign in again.' },
      });
    }
    expect(kept.get('entry')).toBe(before);
    expect(logged).toEqual([{ operation: 'vault.entry-unusable', entry: 'entry', why }]);
  });

  it('counts as missing where it can be obtained again', async () => {
    const { secrets, kept, logged } = scratch({ entry: { token: 5 } });
    expect(await readCached(secrets, 'entry', schema)).toBeUndefined();
    expect(kept.has('entry')).toBe(true);
    expect(logged).toHaveLength(1);
  });

  it('shows no value of it', async () => {
    const { secrets, logged } = scratch({ entry: { token: ['hunter2'], expiresAt: 'hunter2' } });
    const reading = readSecret(secrets, 'entry', schema, about);
    await expect(reading).rejects.toThrow(/^((?!hunter2).)*$/s);
    expect(JSON.stringify(logged)).not.toContain('hunter2');
  });
});

it('a missing entry is missing, and a good one is read', async () => {
  const { secrets, logged } = scratch({ good: { token: 'x', expiresAt: 1 } });
  expect(await readSecret(secrets, 'none', schema, about)).toBeUndefined();
  expect(await readCached(secrets, 'good', schema)).toEqual({ token: 'x', expiresAt: 1 });
  expect(logged).toEqual([]);
});

describe('what a newer version has written', () => {
  it('as access keys stops the start with a sentence, and stays', async () => {
    const { secrets, kept } = scratch({ 'aws-iam-user/1/keys': { id: 'AKIA', key: 'x' } });
    const provider = createAwsIamUserProvider({
      secrets,
      timeIn: () => new FakeClock(),
      connectSts: () => Promise.reject(new Error('it is not asked')),
      log: { explain: () => undefined },
    });
    const session = { sessionId: '1', sessionName: 'prod', region: 'eu-west-1' };
    const started = provider.obtain({ session, fresh: false } as never);
    await expect(started).rejects.toMatchObject({
      code: 'secret-unreadable',
      details: { next: 'Enter them: stint session edit 1 --access-keys' },
    });
    expect(kept.has('aws-iam-user/1/keys')).toBe(true);
  });

  it('as the secret of an application stops the sign-in with a sentence', async () => {
    const { secrets } = scratch({ 'integration/1/azure-application': { clientSecret: 5 } });
    const integration = { integrationId: '1', name: 'deploy', credential: 'client-secret' };
    await expect(new Identities(secrets).of(integration as never)).rejects.toMatchObject({
      code: 'secret-unreadable',
    });
  });

  it('as the account that is signed in asks to sign in', async () => {
    const { secrets } = scratch({ 'integration/1/azure-account': { username: 'anna' } });
    await expect(
      new Identities(secrets).of({ integrationId: '1', name: 'acme' } as never),
    ).rejects.toMatchObject({ name: 'SignInNeeded' });
  });

  it('as credentials of a run counts as none', async () => {
    const { secrets } = scratch({ 'run/1': { credentials: { accessKeyId: 'x' } } });
    expect(await new RunCredentials(secrets).get('1')).toBeUndefined();
  });

  it('as cookies brings none into the browser', async () => {
    const { secrets } = scratch({ 'saml/corp/cookies': [{ name: 'SID' }] });
    const context = { addCookies: () => Promise.reject(new Error('it is given none')) };
    await createSessionCookies(secrets).bring('corp', context as never);
  });
});

describe('an entry that is read many times in a row', () => {
  const value = { token: 'a', expiresAt: 1 };

  it('is taken apart once, and again where it changed', async () => {
    const { secrets } = scratch({ entry: value });
    const read = cachedReader(secrets, 'entry', schema);
    const first = await read();
    expect(first).toEqual(value);
    expect(await read()).toBe(first);
    await secrets.set('entry', JSON.stringify({ ...value, token: 'b' }));
    expect(await read()).toEqual({ ...value, token: 'b' });
  });

  it('is missing once it is removed, or cannot be used', async () => {
    const { secrets, logged } = scratch({ entry: value });
    const read = cachedReader(secrets, 'entry', schema);
    await read();
    await secrets.set('entry', '{torn');
    expect(await read()).toBeUndefined();
    expect(logged).toHaveLength(1);
    await secrets.delete('entry');
    expect(await read()).toBeUndefined();
  });

  it('is refused while the vault is locked, whatever was read before', async () => {
    const { secrets } = scratch({ entry: value });
    let locked = false;
    const get = async (name: string) => {
      if (locked) throw new Error('locked');
      return await secrets.get(name);
    };
    const read = cachedReader({ ...secrets, get }, 'entry', schema);
    await read();
    locked = true;
    await expect(read()).rejects.toThrow('locked');
  });
});
