import { mkdir, readdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { callOwner } from '../../support/agent-process.ts';
import { claimsOf } from '../../support/claims.ts';
import { computerForEachTest, type Ran } from './computer.ts';
import { startStint } from './running-program.ts';

const identity = join(import.meta.dirname, '..', '..', '..', 'node_modules', '@azure', 'identity');
const vault = 'https://vault.azure.net';
const storage = 'https://storage.azure.com';

/** The Azure SDK for JavaScript: a token for each resource it reads, or why there is none. */
const askingNode = [
  process.execPath,
  '--input-type=commonjs',
  '-e',
  `const { DefaultAzureCredential } = require(${JSON.stringify(identity)});
   require('node:readline').createInterface({ input: process.stdin }).on('line', (resource) =>
     new DefaultAzureCredential().getToken(resource + '/.default').then(
       ({ token }) => console.log(token),
       ({ message }) => console.log('refused ' + message.replaceAll('\\n', ' ')),
     ));`,
];

describe('stint exec with Azure sessions', () => {
  const computer = computerForEachTest({ publicAzure: true });

  /** A tenant with an application that may see these subscriptions, signed in to and synced. */
  async function tenant(name: string, subscriptions: readonly string[]): Promise<string> {
    const { admin, scratch } = computer;
    const { tenantId } = await admin.createTenant({
      domain: `${name}-${Math.random().toString(36).slice(2)}.example`,
    });
    const { clientId } = await admin.createApp({ tenant: tenantId, name: 'deploy' });
    const { secret } = await admin.addClientSecret({ clientId });
    for (const subscription of subscriptions) {
      await admin.createSubscription({
        tenant: tenantId,
        name: subscription,
        principals: [clientId],
      });
    }
    await computer.stint(['agent', 'start']);
    const added = await callOwner(scratch, 'POST', '/v1/integrations', {
      ...{ kind: 'azure', name, tenantId, clientId, secrets: { clientSecret: secret } },
    });
    expect(added.status).toBe(201);
    const synced = await computer.stint(['integration', 'sync', name]);
    expect(synced.code, synced.stderr).toBe(0);
    return tenantId;
  }
  const exec = (name: string, ...line: readonly string[]) =>
    computer.stint(['exec', name, '--', ...line]);
  const json = ({ code, stdout, stderr }: Ran) => {
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    return JSON.parse(stdout) as Record<string, string>;
  };

  it('runs az as three sessions of two tenants at once, despite the user’s own login', async () => {
    const acme = await tenant('acme', ['payments', 'orders']);
    const other = await tenant('other', ['audit']);
    const own = join(computer.scratch.folder, '.azure');
    await mkdir(own, { recursive: true });
    await writeFile(join(own, 'azureProfile.json'), '{"subscriptions": []}');
    const expected = { payments: acme, orders: acme, audit: other };
    const answers = await Promise.all(
      Object.keys(expected).map(async (name) => ({
        name,
        shown: json(await exec(name, 'az', 'account', 'show', '-o', 'json')),
        token: json(await exec(name, 'az', 'account', 'get-access-token', '-o', 'json')),
      })),
    );
    for (const { name, shown, token } of answers) {
      const tenantId = expected[name as keyof typeof expected];
      expect(shown).toMatchObject({ name, tenantId });
      expect(token['subscription']).toBe(shown['id']);
      expect(claimsOf(token['accessToken'] ?? '')).toMatchObject({ tid: tenantId });
    }
    // Nothing is left of them.
    // The folder goes with the lease, which ends after the program.
    await expect.poll(() => readdir(join(computer.scratch.home, 'azure'))).toEqual([]);
    expect(await readdir(join(computer.scratch.home, 'leases'))).toEqual([]);
  });

  it('gives az the user’s settings, and what az need not make again', async () => {
    await tenant('acme', ['payments']);
    const own = join(computer.scratch.folder, '.azure');
    await mkdir(own, { recursive: true });
    await writeFile(join(own, 'config'), '[core]\noutput = tsv\n[cloud]\nname = AzureChinaCloud\n');
    const kept = () => stat(join(computer.scratch.home, 'azure-kept', 'commandIndex.json'));
    // The first exec makes the index, also where the user never ran az.
    expect(await exec('payments', 'az', 'account', 'show', '--query', 'name')).toMatchObject({
      code: 0,
      stdout: 'payments\n',
    });
    const { mtimeMs } = await kept();
    const again = await exec('payments', 'az', 'account', 'show', '--query', 'name');
    expect(again).toEqual({ code: 0, stdout: 'payments\n', stderr: '' });
    expect((await kept()).mtimeMs).toBe(mtimeMs);
    await expect.poll(() => readdir(join(computer.scratch.home, 'azure'))).toEqual([]);
    expect(await readdir(own)).toEqual(['config']);
  });

  it('serves DefaultAzureCredential until the session is stopped, and then says so at once', async () => {
    const tenantId = await tenant('acme', ['payments']);
    const running = startStint(computer.scratch, ['exec', 'payments', '--', ...askingNode], {
      AZURE_CLIENT_ID: '3b1f8a52-92f1-4b1c-9d5e-8d6f6c1f2a11',
      AZURE_CLIENT_SECRET: 'of somebody else',
      AZURE_TENANT_ID: '3b1f8a52-92f1-4b1c-9d5e-8d6f6c1f2a11',
    });
    expect(claimsOf(await running.answerTo(vault))).toMatchObject({ aud: vault, tid: tenantId });
    expect((await computer.stint(['rotate', 'payments'])).code).toBe(0);
    expect(claimsOf(await running.answerTo(storage))).toMatchObject({
      aud: storage,
      tid: tenantId,
    });
    await computer.stint(['stop', 'payments']);
    expect(await running.answerTo('https://graph.microsoft.com')).toContain(
      'Session payments has ended (stopped)',
    );
    running.endInput();
    expect(await running.ended).toEqual({ code: 0, signal: null });
  });

  it('prints for a shell what Azure tools can use, and refuses the rest', async () => {
    await tenant('acme', ['payments']);
    expect((await computer.stint(['start', 'payments'])).code).toBe(0);
    const printed = json(await computer.stint(['env', 'payments', '--shell', 'json']));
    expect(printed).toMatchObject({
      IDENTITY_ENDPOINT: expect.stringMatching(
        /^http:\/\/127\.0\.0\.1:\d+\/azure\/.*\/token$/,
      ) as string,
      MSI_ENDPOINT: printed['IDENTITY_ENDPOINT'],
      MSI_SECRET: printed['IDENTITY_HEADER'],
      AZURE_TOKEN_CREDENTIALS: 'prod',
      AZURE_CLIENT_SECRET: null,
      ARM_CLIENT_SECRET: null,
      ARM_MSI_ENDPOINT: `${String(printed['MSI_ENDPOINT'])}/${String(printed['MSI_SECRET'])}`,
      NO_PROXY: '127.0.0.1',
    });
    const refused = await computer.stint(['env', 'payments', '--static']);
    expect(refused).toMatchObject({ code: 2, stdout: '' });
    expect(refused.stderr).toContain('az account get-access-token');
  });
});
