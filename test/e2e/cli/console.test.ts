import { chmod, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import { describe, expect, it } from 'vitest';
import { findBrowser } from '../../../src/services/sign-in/find-browser.ts';
import { accountId, computerForEachTest } from './computer.ts';

const computer = computerForEachTest();
const chrome = findBrowser() ?? 'chromium';
const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];

interface View {
  readonly sessionId: string;
  readonly status: string;
}

/** A role that the user anna assumes with access keys. */
async function addRole(): Promise<void> {
  const { arn, sessionId } = await computer.addUser('anna');
  const roleArn = `arn:aws:iam::${accountId}:role/Audit${Math.random().toString(36).slice(2)}`;
  await computer.admin.createRole({ roleArn, principals: [arn] });
  const flags = ['--parent-session-id', sessionId, '--role-arn', roleArn];
  const added = await computer.stint([
    'session',
    'add',
    'awsIamRoleChained',
    '--name',
    'audit',
    '--region',
    'eu-west-1',
    '--role-session-name',
    'anna',
    ...flags,
  ]);
  if (added.code !== 0) throw new Error(added.stderr);
}

/** Chromium as a person has it, without a screen: it writes down what it was started with and the page. */
async function browser() {
  const file = (name: string) => join(computer.scratch.folder, name);
  const options = ['--headless', '--disable-gpu', ...sandbox, '--dump-dom'].join(' ');
  const lines = [
    '#!/bin/sh',
    `printf '%s\\n' "$@" > '${file('arguments')}'`,
    `'${chrome}' ${options} "$@" > '${file('page')}' 2>/dev/null`,
    '',
  ];
  await writeFile(file('browser'), lines.join('\n'));
  await chmod(file('browser'), 0o755);
  return {
    env: { DISPLAY: ':0', STINT_BROWSER: file('browser') },
    arguments: () => readFile(file('arguments'), 'utf8').catch(() => ''),
  };
}

describe('stint console', () => {
  it('--print prints an address that opens in a browser, signed in, and stops the session it started', async () => {
    await addRole();
    const { code, stdout, stderr } = await computer.stint(['console', 'audit', '--print']);
    expect({ code, lines: stdout.split('\n').length }).toEqual({ code: 0, lines: 2 });
    expect(stderr).toContain('This address is a secret');
    const shown = await chromium.launch({ executablePath: chrome, args: sandbox });
    try {
      const page = await shown.newPage();
      await page.goto(stdout.trim());
      expect(await page.getByRole('heading').textContent()).toBe('AWS Management Console');
      expect(await page.getByRole('definition').allTextContents()).toContain(accountId);
    } finally {
      await shown.close();
    }
    expect(await computer.json<View>('session', 'show', 'audit')).toMatchObject({
      status: 'inactive',
    });
  });

  it('opens it in a browser profile of the session, and no argument list names the address', async () => {
    await addRole();
    const { sessionId } = await computer.json<View>('session', 'show', 'audit');
    const { env, arguments: argumentsOf } = await browser();
    const how = ['--browser', 'chrome-profile', '--service', 's3'];
    const ran = await computer.stint(['console', 'audit', ...how], { env });
    expect(ran).toMatchObject({ code: 0, stdout: '' });
    expect(ran.stderr).toContain('The console of audit is open in your browser.');
    await expect.poll(argumentsOf).not.toBe('');
    const given = await argumentsOf();
    expect(given).toContain(
      `--user-data-dir=${join(computer.scratch.home, 'console', sessionId)}\n`,
    );
    expect(given).not.toMatch(/http|SigninToken/);
    // The command does not wait for the browser it started.
    const signedIn = async () =>
      (await computer.admin.calls()).filter(({ action }) => action === 'GET login').length;
    // Chromium without a screen may load a page twice.
    await expect.poll(signedIn).toBeGreaterThan(0);
  });

  it('refuses an IAM user with a way on, and starts nothing', async () => {
    await computer.addUser('anna');
    const { code, stdout, stderr } = await computer.stint(['console', 'anna', '--print']);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain('AWS opens the console for roles only');
    expect(await computer.json<View>('session', 'show', 'anna')).toMatchObject({
      status: 'inactive',
      startDateTime: '',
    });
  });

  it('--no-start refuses an inactive session, and without a screen it names --print', async () => {
    await addRole();
    const refused = await computer.stint(['console', 'audit', '--no-start', '--print']);
    expect(refused.code).toBe(1);
    expect(refused.stderr).toContain('--no-start forbids to start it');
    const blind = await computer.stint(['console', 'audit'], { env: { DISPLAY: '' } });
    expect(blind.code).toBe(1);
    expect(blind.stderr).toContain('--print');
  });
});
