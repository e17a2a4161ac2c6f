import { describe, expect, it } from 'vitest';
import { callOwner, startAgentProcess } from '../../support/agent-process.ts';
import { newWindow } from '../../support/new-window.ts';
import { see } from '../../support/see.ts';
import { row, windowForEachTest } from './open-window.ts';

const test = windowForEachTest();

describe('access to the window', () => {
  it('is a code that works once, for one window, and leaves no trace in the address', async () => {
    const { page, computer } = test;
    await see.poll(() => page.url()).not.toContain('code');
    const { stdout } = await computer.stint(['ui', '--no-open']);
    const address = stdout.trim();
    const first = await page.context().newPage();
    await first.goto(address);
    await see(first.getByText('Up to date')).toBeVisible();
    const browser = page.context().browser();
    if (browser === null) throw new Error('there is no browser');
    const stranger = await newWindow(browser);
    await stranger.goto(address);
    await see(stranger.getByText('access has expired')).toBeVisible();
  });

  it('lasts through a reload', async () => {
    const { page } = test;
    await page.reload();
    await see(page.getByText('Up to date')).toBeVisible();
  });

  it('gives a page that can only run and reach its own origin', async () => {
    const { page } = test;
    const answer = await page.request.get(page.url());
    const policy = String(answer.headers()['content-security-policy']);
    expect(policy).toContain("default-src 'none'");
    expect(policy).toMatch(/script-src 'self' 'nonce-[\w+/=]+';/);
    expect(policy).toContain("require-trusted-types-for 'script'");
    expect(policy).not.toContain('unsafe');
    const again = await page.request.get(page.url());
    expect(again.headers()['content-security-policy']).not.toBe(policy); // a new nonce for every answer
    const asked = await page.evaluate(() =>
      performance.getEntriesByType('resource').map(({ name }) => new URL(name).origin),
    );
    expect(new Set(asked)).toEqual(new Set([new URL(page.url()).origin]));
  });

  it('never shows the page a secret', async () => {
    const { page, computer } = test;
    const user = await computer.addUser('anna');
    await computer.stint(['start', 'anna']);
    await row(page, 'anna').click();
    await see(page.getByText(/ left$/).first()).toBeVisible();
    const refused = await page.evaluate(async (id) => {
      const token = sessionStorage.getItem('stint.window-token') ?? '';
      const headers = { authorization: `Bearer ${token}` };
      return (await fetch(`/v1/sessions/${id}/credentials`, { headers })).status;
    }, user.sessionId);
    expect(refused).toBe(403);
    const file = await computer.credentialsFile();
    const [, issued] = /aws_secret_access_key = (.+)/.exec(file) ?? [];
    const page_ = await page.content();
    expect(page_).not.toContain(String(issued));
    expect(page_).not.toContain(user.secretAccessKey);
  });
});

describe('when the agent goes away', () => {
  it('the window says since when its data is stale, and reconnects to the next agent', async () => {
    const { page, computer } = test;
    await computer.addUser('anna');
    await see(row(page, 'anna')).toBeVisible();
    await computer.stint(['agent', 'stop']);
    await see(page.getByText(/Disconnected. Showing data from/)).toBeVisible();
    await see(row(page, 'anna')).toBeVisible();
    const port = new URL(page.url()).port;
    const next = await startAgentProcess(computer.scratch, { args: ['--port', port] });
    try {
      await see(page.getByText('Up to date')).toBeVisible();
      await next.call('PATCH', '/v1/settings', { onQuit: 'keep-sessions' });
      await row(page, 'anna').click();
      await page.getByRole('button', { name: 'Start', exact: true }).click();
      await see(page.getByText(/ left$/).first()).toBeVisible();
    } finally {
      await next.kill('SIGTERM');
    }
  });

  it('killed, the next one listens at the same address, and the window reconnects', async () => {
    const { page, computer } = test;
    await computer.addUser('anna');
    const { pid } = await computer.json<{ pid: number }>('agent', 'status');
    process.kill(pid, 'SIGKILL');
    await see(page.getByText(/Disconnected/)).toBeVisible();
    await computer.stint(['agent', 'start']);
    await see(page.getByText('Up to date')).toBeVisible();
    await computer.addUser('ben');
    await see(row(page, 'ben')).toBeVisible();
  });

  it('a window whose access was revoked says so and how to open a new one', async () => {
    const { page, computer } = test;
    await callOwner(computer.scratch, 'POST', '/v1/tokens/reset-key');
    await page.reload();
    await see(page.getByText('access has expired')).toBeVisible();
    await see(page.getByText('stint ui')).toBeVisible();
  });

  it('if the vault of the next one is locked, the window continues and unlocks it', async () => {
    const { page, computer } = test;
    await computer.addUser('anna');
    await computer.stint(['agent', 'stop']);
    const { port } = new URL(page.url());
    const locked = { STINT_PASSPHRASE: '' };
    const next = await startAgentProcess(computer.scratch, { args: ['--port', port], env: locked });
    try {
      await see(page.getByText('Vault locked')).toBeVisible();
      const passphrase = page
        .getByLabel('Enter the passphrase of the vault')
        .and(page.locator('input'));
      await passphrase.fill('not this one');
      await passphrase.press('Enter');
      await see(page.getByText(/does not open it/)).toBeVisible();
      await passphrase.fill(String(computer.scratch.env['STINT_PASSPHRASE']));
      await passphrase.press('Enter');
      await see(page.getByText('Vault unlocked')).toBeVisible();
    } finally {
      await next.kill('SIGTERM');
    }
  });

  it('the window catches up when the connection is back', async () => {
    const { page, computer } = test;
    await page.context().setOffline(true);
    await computer.addUser('anna');
    await page.context().setOffline(false);
    await see(row(page, 'anna')).toBeVisible();
  });
});
