import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createLog } from '../../../src/services/log/log.ts';
import { hideFromLog } from '../../../src/services/vault/hide-from-log.ts';
import { secretsInMemory } from '../../support/secrets-in-memory.ts';
import { processorTime } from '../../support/processor-time.ts';

function scratch() {
  const folder = mkdtempSync(join(tmpdir(), 'stint-vault-log-'));
  const file = join(folder, 'stint.log');
  const log = createLog({ file });
  onTestFinished(() => {
    log.close();
    rmSync(folder, { recursive: true, force: true });
  });
  const inner = secretsInMemory();
  return { log, inner, secrets: hideFromLog(inner, log), text: () => readFileSync(file, 'utf8') };
}

const key = 'MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQDBj08sp5++4anG';
const certificate = [
  '-----BEGIN CERTIFICATE-----',
  'MIIDazCCAlOgAwIBAgIUJlq+zz9CO2E91rlD4vhx0CX1Z/kwDQYJKoZIhvcNAQEL',
  '-----END CERTIFICATE-----',
  '-----BEGIN PRIVATE KEY-----',
  key,
  '-----END PRIVATE KEY-----',
].join('\n');
const opaque = (name: string) => `${name}~${'q7R_x.Zk'.repeat(12)}`;

/** Name in the vault, what is kept there, and the secrets in it. */
const kept: readonly (readonly [string, unknown, readonly string[]])[] = [
  [
    'aws-iam-user/1/keys',
    { accessKeyId: 'ZZZZIOSFODNN7EXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG' },
    ['ZZZZIOSFODNN7EXAMPLE', 'wJalrXUtnFEMI/K7MDENG'],
  ],
  [
    'run/1',
    {
      credentials: { sessionToken: opaque('session'), expiration: '2026-01-31T09:00:00.000Z' },
      grantedSeconds: 3600,
    },
    [opaque('session')],
  ],
  [
    'integration/1/token',
    { accessToken: opaque('access'), refreshToken: opaque('refresh'), expiresAt: 5 },
    [opaque('access'), opaque('refresh')],
  ],
  [
    'integration/1/registration-device',
    { clientId: 'public-client-of-stint', clientSecret: 'short', madeFor: '["https://acme"]' },
    ['short'],
  ],
  [
    'integration/2/azure-application',
    { clientSecret: 'hunter2~hunter2~hunter2' },
    ['hunter2~hunter2~hunter2'],
  ],
  ['integration/3/azure-application', { clientCertificate: certificate }, [certificate, key]],
  [
    'integration/2/azure-tokens',
    {
      AccessToken: { 'uid-login-accesstoken': { secret: opaque('at'), target: 'user.read' } },
      RefreshToken: { 'uid-login-refreshtoken': { secret: opaque('rt'), environment: 'login' } },
      IdToken: { 'uid-login-idtoken': { secret: opaque('id') } },
    },
    [opaque('at'), opaque('rt'), opaque('id')],
  ],
  [
    'saml/corp/cookies',
    [{ name: 'SID', value: opaque('cookie'), domain: 'login.example.com', path: '/' }],
    [opaque('cookie')],
  ],
  [
    'stash/1/2',
    { lines: ['aws_secret_access_key = wJalrXUtnFEMI/abcdefg'] },
    ['wJalrXUtnFEMI/abcdefg'],
  ],
  ['access/signing-key', opaque('raw'), [opaque('raw')]],
  [
    'access/signing-key',
    [{ kid: 'client-6f1c3f52-0c4e-4c0b-9a55-0d5d5a1f0a01', key: opaque('ring'), madeAt: 1 }],
    [opaque('ring')],
  ],
  ['made-by/a-newer-stint', { brandNew: { oddName: opaque('new') } }, [opaque('new')]],
];

describe('a secret that goes through the vault', () => {
  const text = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value));

  it.each(kept)('%s is in no log line once it was written', async (name, value, hidden) => {
    const { log, secrets, text: logged } = scratch();
    await secrets.set(name, text(value));
    for (const secret of hidden) {
      log.error('sync.failed', { error: new Error(`AADSTS700016: refused "${secret}" at login`) });
      log.error('sync.failed', { body: JSON.stringify({ error_description: secret }) });
    }
    for (const secret of hidden) {
      expect(logged()).not.toContain(JSON.stringify(secret).slice(1, -1));
      for (const line of secret.split('\n').filter((part) => !part.startsWith('-----'))) {
        expect(logged()).not.toContain(line);
      }
    }
    expect(logged()).toContain('AADSTS700016: refused');
    expect(logged()).toContain('at login');
  });

  it.each(kept)('%s is in no log line once it was read', async (name, value, hidden) => {
    const { log, inner, secrets, text: logged } = scratch();
    await inner.set(name, text(value));
    await secrets.get(name);
    for (const secret of hidden) log.warn('x', { detail: `got ${secret}, which is odd` });
    for (const secret of hidden) {
      for (const line of secret.split('\n').filter((part) => !part.startsWith('-----'))) {
        expect(logged()).not.toContain(line);
      }
    }
  });

  it.each(['set', 'get'] as const)(
    'is hidden for good where it signs client tokens (%s)',
    async (how) => {
      const { log, inner, secrets, text: logged } = scratch();
      await inner.set('access/signing-key', opaque('signing'));
      if (how === 'set') await secrets.set('access/signing-key', opaque('signing'));
      else await secrets.get('access/signing-key');
      for (let at = 0; at < 6000; at += 1) log.hide(`credentials ${at}`);
      log.warn('x', { detail: `got ${opaque('signing')}` });
      expect(logged()).not.toContain(opaque('signing'));
    },
  );

  it('is hidden by the time that its write fails', async () => {
    const { log, inner, secrets, text: logged } = scratch();
    inner.set = (_name, value) => {
      log.error('vault.write', { detail: value });
      return Promise.resolve();
    };
    await secrets.set('integration/1/token', opaque('access'));
    expect(logged()).toContain('[redacted]');
    expect(logged()).not.toContain(opaque('access'));
  });

  it('is hidden where an error quotes just the beginning of it', async () => {
    const { log, secrets, text: logged } = scratch();
    const token = opaque('refresh-token-of-anna');
    await secrets.set('integration/1/token', JSON.stringify({ refreshToken: token }));
    log.warn('x', { detail: `The token ${token.slice(0, 60)} is not valid.` });
    expect(logged()).toContain('The token [redacted] is not valid.');
  });

  it('does not take names, ids, dates and addresses along', async () => {
    const { log, secrets, text: logged } = scratch();
    const account = {
      authority: 'login.microsoftonline.com',
      homeAccountId: 'b3f1.home-of-the-account',
      tenantId: 'f6f7b1b5-8f4e-4d0e-9c62-1d6f1f0a3c11',
      username: 'anna@practice.example',
      expiration: '2026-01-31T09:00:00.000Z',
      accountId: '447109328810',
    };
    await secrets.set('integration/1/azure-account', JSON.stringify(account));
    log.info('x', { detail: Object.values(account).join(' ') });
    expect(logged()).not.toContain('[redacted]');
  });
});

it('a log line stays quick with as many secrets as a big tenant has', async () => {
  const { log, secrets } = scratch();
  const tokens = Object.fromEntries(
    Array.from({ length: 4000 }, (_, at) => [
      `t${at}`,
      { secret: `${at}-${opaque('x').repeat(8)}` },
    ]),
  );
  await secrets.set('integration/1/azure-tokens', JSON.stringify({ AccessToken: tokens }));
  await secrets.get('integration/1/azure-tokens');
  const milliseconds = processorTime(() => {
    for (let at = 0; at < 200; at += 1) log.info('tick', { detail: 'x'.repeat(500) });
  });
  expect(milliseconds).toBeLessThan(2000);
});
