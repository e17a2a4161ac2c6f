import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { centerUser, practiceCenter } from '../../support/practice-center.ts';
import { practiceTenant } from '../../support/practice-tenant.ts';
import { accountId, computerForEachTest } from './computer.ts';

/*
 * The commands of the README are run as they are, with the practice cloud's addresses in place
 * of the examples. The first block, for an IAM user, is main-job.test.ts.
 */

const root = join(import.meta.dirname, '..', '..', '..');
const read = (file: string) => readFileSync(join(root, file), 'utf8');

/** The `stint` commands of the code block that contains `words`, as arguments. */
function commandsOf(words: string, values: Readonly<Record<string, string>>, page = 'README.md') {
  const blocks = read(page).match(/^```\n.*?^```$/gms) ?? [];
  let block = blocks.find((one) => one.includes(words)) ?? '';
  for (const [example, real] of Object.entries(values)) {
    expect(block).toContain(example);
    block = block.replaceAll(example, real);
  }
  return block
    .replaceAll(/\\\n\s*/g, '')
    .split('\n')
    .filter((line) => line.startsWith('stint '))
    .map((line) =>
      line
        .replace(/\s+#.*/, '')
        .split(' ')
        .slice(1),
    );
}

describe('the README', () => {
  const computer = computerForEachTest({ publicAzure: true });

  /** Runs a sync, in which the person signs in with the code that they are shown. */
  async function synced(args: readonly string[], signIn: (code: string) => Promise<unknown>) {
    const type = async () => {
      const items = await computer.json<{ code: string }[]>('prompt', 'list');
      await signIn(String(items[0]?.code));
      return '';
    };
    const ran = await computer.atTerminal(args, [{ after: 'this code', type }]);
    expect(ran.code, ran.stdout).toBe(0);
  }

  it('shows how to get every role of Identity Center, and a role on top of a session', async () => {
    const { admin } = computer;
    const { startUrl } = await practiceCenter(admin);
    const { arn } = await computer.addUser('payments');
    const roleArn = `arn:aws:iam::${accountId}:role/Audit`;
    await admin.createRole({ roleArn, principals: [arn] });
    const [add = [], sync = [], chain = [], ...rest] = commandsOf('integration add awsSso', {
      'https://acme.awsapps.com/start': startUrl,
      'arn:aws:iam::123456789012:role/Audit': roleArn,
    });
    expect(rest).toEqual([]);
    expect(await computer.stint(add)).toMatchObject({ code: 0 });
    await synced(sync, (userCode) => admin.approveDevice({ userCode, userName: centerUser }));
    const { stdout } = await computer.stint(['session', 'list', '--type', 'awsSsoRole']);
    expect(stdout.match(/ \/ (Operator|ReadOnly)/g)).toHaveLength(4);
    expect(await computer.stint(chain)).toMatchObject({ code: 0 });
    expect(await computer.stint(['start', 'audit'])).toMatchObject({ code: 0 });
  });

  it('shows how to use the subscriptions of an Azure tenant', async () => {
    const { admin } = computer;
    const { domain, userName } = await practiceTenant(admin, { subscriptions: ['Payments'] });
    const [add = [], sync = [], start = [], exec = [], ...rest] = commandsOf('add azure', {
      'contoso.com': domain,
      // The practice cloud has no resources.
      'az group list': 'az account show',
    });
    expect(rest).toEqual([]);
    expect(await computer.stint(add)).toMatchObject({ code: 0 });
    await synced(sync, (userCode) => admin.confirmDeviceCode({ userCode, userName }));
    expect(await computer.stint(start)).toMatchObject({ code: 0 });
    const shown = await computer.stint(exec);
    expect(shown.code, shown.stderr).toBe(0);
    expect(JSON.parse(shown.stdout)).toMatchObject({ name: 'Payments', state: 'Enabled' });
  });

  it('shows how to use the keys of an IAM user, and to add a SAML provider, as the guide does', async () => {
    const { admin } = computer;
    const user = await admin.createUser({ accountId, userName: 'payments', mfa: false });
    const guide = 'docs/guide.md';
    const [add = [], exec = [], ...rest] = commandsOf('exec payments -- aws sts', {}, guide);
    expect(rest).toEqual([]);
    const added = await computer.atTerminal(add, [
      { after: 'ccess key', type: `${user.accessKeyId}\r` },
      { after: 'ecret', type: `${user.secretAccessKey}\r` },
    ]);
    expect(added.code, added.stdout).toBe(0);
    const ran = await computer.stint(exec);
    expect(JSON.parse(ran.stdout), ran.stderr).toMatchObject({ Account: accountId });

    const [provider = [], session = [], start] = commandsOf('idp add --name okta', {}, guide);
    expect(await computer.stint(provider)).toMatchObject({ code: 0 });
    expect(await computer.stint(session)).toMatchObject({ code: 0 });
    expect(start).toEqual(['start', 'billing']);
  });

  it('says that npm start opens the window, in the browser where there is no desktop app', async () => {
    const { start = '' } = (JSON.parse(read('package.json')) as { scripts: { start?: string } })
      .scripts;
    const last = start.split('&& ').at(-1)?.split(' ') ?? [];
    expect(last).toEqual(['node', 'scripts/start.ts']);
    const started = spawn(process.execPath, [join(root, String(last[1])), '--browser'], {
      env: computer.scratch.env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const [address, words] = await Promise.all([text(started.stdout), text(started.stderr)]);
    expect(words).toContain('Opening the same window in your browser instead.');
    const page = await fetch(address.trim());
    expect(page.status).toBe(200);
    expect(await page.text()).toContain('<stint-window');
  });
});
