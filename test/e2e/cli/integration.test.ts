import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { eventually } from '../../support/scratch-owner.ts';
import { computerForEachTest } from './computer.ts';

const userName = 'dana';
let made = 0;

describe('the command, for Identity Center', () => {
  const computer = computerForEachTest();

  /** An instance that offers two roles, and the integration that leads there. */
  async function addAcme(): Promise<{ startUrl: string; integrationId: string }> {
    made += 1;
    const { startUrl } = await computer.admin.createIdentityCenter({ name: `acme-${made}` });
    await computer.admin.createSsoUser({ startUrl, userName });
    await computer.admin.assign({
      startUrl,
      userName,
      assignments: ['Operator', 'ReadOnly'].map((roleName) => ({
        accountId: '447109328810',
        accountName: 'payments-prod',
        emailAddress: 'payments@example.com',
        roleName,
      })),
    });
    const flags = ['--name', 'acme', '--start-url', startUrl, '--region', 'eu-west-1'];
    const added = await computer.stint(['integration', 'add', 'awsSso', ...flags]);
    expect([added.code, added.stderr]).toEqual([0, expect.stringContaining('Added acme.')]);
    return { startUrl, integrationId: added.stdout.trim() };
  }

  /** What the person at another machine does with the code they see. */
  const confirm = (text: string) =>
    computer.admin.approveDevice({
      userCode: /\b[A-Z]{4}-[A-Z]{4}\b/.exec(text)?.[0] ?? '',
      userName,
    });

  it('signs in at the terminal with a code, and adds the sessions', async () => {
    await addAcme();
    const synced = await computer.atTerminal(
      ['integration', 'sync', 'acme'],
      [
        {
          after: 'confirm that the page shows this code',
          type: async () => {
            const items = await computer.json<{ code: string }[]>('prompt', 'list');
            await confirm(String(items[0]?.code));
            return '';
          },
        },
      ],
    );
    expect(synced.stdout).toMatch(/Open http:\/\/127\.0\.0\.1:\d+\/device\?user_code=/);
    expect(synced.stdout).toMatch(/Code: [A-Z]{4}-[A-Z]{4}/);
    expect(synced.code).toBe(0);
    const again = await computer.atTerminal(['integration', 'sync', 'acme']);
    expect(again.stdout).toContain('1 of 1 accounts, 2 roles');
    expect(again.stdout).toContain('Synced: 2 unchanged.');
    const listed = await computer.stint(['session', 'list', '--type', 'awsSsoRole']);
    expect(listed.stdout).toContain('payments-prod / Operator');
    expect(listed.stdout).toContain('payments-prod / ReadOnly');

    const started = await computer.stint(['start', 'payments-prod / Operator']);
    expect([started.code, started.stderr]).toEqual([
      0,
      expect.stringContaining('aws --profile payments-prod-Operator'),
    ]);
    const out = await computer.stint(['integration', 'logout', 'acme']);
    expect(out.stderr).toContain('acme is signed out');
    const shown = await computer.stint(['session', 'show', 'payments-prod / Operator']);
    expect(shown.stdout).toContain('integration-logout');
  });

  it.runIf(process.platform === 'linux')(
    'opens the browser on the sign-in itself; one that fails leaves the question open',
    async () => {
      await addAcme();
      const { folder, env } = computer.scratch;
      await mkdir(join(folder, 'bin'));
      const program =
        '#!/bin/sh\nprintf %s "$1" > "$HOME/argv.part"\nmv "$HOME/argv.part" "$HOME/argv"\nexit 3\n';
      await writeFile(join(folder, 'bin', 'xdg-open'), program, { mode: 0o755 });
      const opened = () => readFile(join(folder, 'argv'), 'utf8').catch(() => undefined);
      const ran = await computer.atTerminal(
        ['integration', 'login', 'acme', '--browser'],
        [
          {
            after: 'paste the address of the last page',
            type: async () => {
              await eventually(opened, (address) => address !== undefined);
              return '\u0003';
            },
          },
        ],
        { DISPLAY: ':0', PATH: `${join(folder, 'bin')}${delimiter}${String(env['PATH'])}` },
      );
      expect(await opened()).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/authorize\?/);
      expect(ran.stdout).toContain('Cancelled.');
      expect(ran.code).toBe(130);
    },
  );

  it('without a terminal reports the sign-in and ends with 4', async () => {
    const { integrationId } = await addAcme();
    for (const operation of ['login', 'sync']) {
      const ran = await computer.stint(['integration', operation, 'acme']);
      expect([ran.code, ran.stderr]).toEqual([
        4,
        expect.stringMatching(
          /Waiting for you: Sign in to acme.*\nOpen http.*\nCode: .*\nStint continues by itself/,
        ),
      ]);
    }
    const shown = await computer.json<{ status: string }>('integration', 'show', integrationId);
    expect(shown.status).toBe('logging-in');
    await computer.stint(['prompt', 'cancel']);
  });

  it('lists, changes and removes integrations by name', async () => {
    await addAcme();
    const listed = await computer.stint(['integration', 'list']);
    expect(listed.stdout).toMatch(/^STATUS +NAME +KIND +WHERE +REGION +SYNCED +ID$/m);
    expect(listed.stdout).toMatch(/^logged-out +acme +IAM Identity Center +\S+ +eu-west-1 /m);
    await computer.stint(['integration', 'edit', 'acme', '--name', 'Our Corp']);
    expect((await computer.stint(['integration', 'show', 'acme'])).code).toBe(0); // by its start URL
    expect((await computer.stint(['integration', 'show', 'acme corp'])).code).toBe(3);
    expect((await computer.stint(['integration', 'edit', 'our corp'])).code).toBe(2);
    expect((await computer.stint(['integration', 'remove', 'Our Corp', '--yes'])).code).toBe(0);
    expect((await computer.stint(['integration', 'list'])).stdout).toBe('');
  });

  it('names the wrong flag of an integration, and adds none', async () => {
    const flags = ['--name', 'x', '--start-url', 'http://acme.example', '--region', 'eu-west-1'];
    const ran = await computer.stint(['integration', 'add', 'awsSso', ...flags]);
    expect([ran.code, ran.stdout]).toEqual([2, '']);
    expect(ran.stderr).toContain('--start-url must be ');
    expect((await computer.stint(['integration', 'list'])).stdout).toBe('');
  });
});

describe('the command, for identity providers', () => {
  const computer = computerForEachTest();

  it('adds, lists, changes and removes them', async () => {
    const url = 'https://acme.okta.com/app/aws';
    const added = await computer.stint(['idp', 'add', '--name', 'okta', '--url', url]);
    expect(added.code).toBe(0);
    const listed = await computer.stint(['idp', 'list']);
    expect(listed.stdout).toContain(`okta  ${url}  ${added.stdout.trim()}`);
    await computer.stint(['idp', 'edit', 'okta', '--name', 'Staff']);
    expect((await computer.stint(['idp', 'remove', 'okta', '--yes'])).code).toBe(3);
    expect((await computer.stint(['idp', 'remove', 'staff', '--yes'])).code).toBe(0);
  });

  it('accepts a pasted response on a machine that cannot open a window', async () => {
    const { admin } = computer;
    const accountId = '447109328810';
    const roleArn = `arn:aws:iam::${accountId}:role/Upload`;
    const { idpArn, url } = await admin.createSamlProvider({ name: 'partner', accountId });
    await admin.createRole({ roleArn, principals: [idpArn] });
    await admin.createSamlUser({ idpArn, userName, roles: [roleArn] });
    const { stdout } = await computer.stint(['idp', 'add', '--name', 'partner', '--url', url]);
    const flags = ['--name', 'upload', '--region', 'eu-west-1', '--idp-id', stdout.trim()];
    const added = await computer.stint(
      ['session', 'add', 'awsIamRoleFederated', ...flags].concat([
        ...['--idp-arn', idpArn, '--role-arn', roleArn],
      ]),
    );
    expect(added.code).toBe(0);
    const response = await admin.samlResponse({ idpArn, userName });
    const started = await computer.atTerminal(
      ['start', 'upload'],
      [{ after: 'paste the SAMLResponse', type: `${response}\r` }],
    );
    expect(started.code).toBe(0);
    expect(started.stdout).toContain(`Open ${url}`);
    expect(started.stdout).toContain('upload is active');
  });
});
