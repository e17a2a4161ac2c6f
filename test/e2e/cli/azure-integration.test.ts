import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeClientCertificate } from '../../practice-cloud/client-certificate.ts';
import { computerForEachTest } from './computer.ts';

describe('the command, for Azure tenants', () => {
  const computer = computerForEachTest();

  async function tenant(): Promise<{ tenantId: string; userName: string }> {
    const domain = `contoso-${Math.random().toString(36).slice(2)}.example`;
    const { tenantId } = await computer.admin.createTenant({ domain });
    const userName = `anna@${domain}`;
    await computer.admin.createEntraUser({ tenant: tenantId, userName });
    await computer.admin.createSubscription({
      tenant: tenantId,
      name: 'Payments',
      principals: [userName],
    });
    await computer.admin.setOverrides({ deviceIntervalSeconds: 1 });
    return { tenantId, userName };
  }
  const add = (tenantId: string, ...flags: readonly string[]) => [
    ...['integration', 'add', 'azure', '--name', 'contoso', '--tenant-id', tenantId],
    ...flags,
  ];

  it('signs in at the terminal with a code to enter, and adds the subscriptions', async () => {
    const { tenantId, userName } = await tenant();
    const added = await computer.stint(add(tenantId));
    expect([added.code, added.stderr]).toEqual([0, expect.stringContaining('Added contoso.')]);
    const synced = await computer.atTerminal(
      ['integration', 'sync', 'contoso'],
      [
        {
          after: 'enter this code on the page',
          type: async () => {
            const items = await computer.json<{ code: string }[]>('prompt', 'list');
            await computer.admin.confirmDeviceCode({ userCode: String(items[0]?.code), userName });
            return '';
          },
        },
      ],
    );
    expect(synced.code, synced.stdout).toBe(0);
    const again = await computer.atTerminal(['integration', 'sync', 'contoso']);
    expect(again.stdout).toContain('1 of 1 tenants, 1 subscriptions');
    expect(again.stdout).toContain('Synced: 1 unchanged.');
    const shown = await computer.stint(['session', 'show', 'Payments']);
    expect(shown.stdout).toContain(tenantId);
  });

  it('takes the secret of an application from the environment, or asks for it hidden', async () => {
    const { tenantId } = await tenant();
    const { clientId } = await computer.admin.createApp({ tenant: tenantId, name: 'deploy' });
    const { secret } = await computer.admin.addClientSecret({ clientId });
    const flags = ['--client-id', clientId, '--ask-client-secret'];
    const nobody = await computer.stint(add(tenantId, ...flags));
    expect([nobody.code, nobody.stderr]).toEqual([
      4,
      expect.stringContaining('STINT_CLIENT_SECRET'),
    ]);
    const added = await computer.stint(add(tenantId, ...flags), {
      env: { STINT_CLIENT_SECRET: 'not the one' },
    });
    expect(added.code, added.stderr).toBe(0);
    const refused = await computer.stint(['integration', 'login', 'contoso']);
    expect([refused.code, refused.stderr]).toEqual([
      1,
      expect.stringContaining('The client secret of integration contoso is wrong'),
    ]);
    const edited = await computer.atTerminal(
      ['integration', 'edit', 'contoso', '--ask-client-secret'],
      [{ after: 'Client secret:', type: `${secret}\n` }],
    );
    expect(edited.code, edited.stdout).toBe(0);
    expect(edited.stdout).not.toContain(secret);
    const login = await computer.stint(['integration', 'login', 'contoso']);
    expect([login.code, login.stderr]).toEqual([0, expect.stringContaining('is signed in')]);
  });

  it('takes a certificate from a file', async () => {
    const { tenantId } = await tenant();
    const { clientId } = await computer.admin.createApp({ tenant: tenantId, name: 'deploy' });
    const { certificate, key } = await makeClientCertificate();
    await computer.admin.addClientCertificate({ clientId, certificate });
    const file = join(computer.scratch.folder, 'deploy.pem');
    await writeFile(file, `${certificate}\n${key}`);
    const flags = ['--client-id', clientId, '--client-certificate', file];
    expect((await computer.stint(add(tenantId, ...flags))).code).toBe(0);
    expect((await computer.stint(['integration', 'login', 'contoso'])).code).toBe(0);
    const gone = ['integration', 'edit', 'contoso', '--client-certificate', '/nowhere.pem'];
    expect(await computer.stint(gone)).toMatchObject({ code: 2 });
  });

  it('never takes a secret as an argument', async () => {
    const { tenantId } = await tenant();
    const refused = await computer.stint(add(tenantId, '--client-secret', 'hunter2~hunter2'));
    expect(refused.code).toBe(2);
    expect(refused.stderr).not.toContain('hunter2');
    expect(refused.stderr).toContain('--ask-client-secret');
  });
});
