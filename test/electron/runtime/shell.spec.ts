import { expect } from '@playwright/test';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { callOwner } from '../../support/agent-process.ts';
import {
  addSession,
  seeRenewal,
  startSelected,
  stopSelected,
} from '../../support/window-journeys.ts';
import { launchDesktop, test } from './launch.ts';

test('shows one window on the app’s own scheme, without Node, isolated and sandboxed', async ({
  desktop: { app, page },
}) => {
  await page.waitForLoadState('domcontentloaded');
  expect(page.url()).toMatch(/^stint:\/\/app\//);
  const inPage = await page.evaluate(() => ({
    secure: isSecureContext,
    require: typeof Reflect.get(globalThis, 'require'),
    process: typeof Reflect.get(globalThis, 'process'),
    desktop: Reflect.get(globalThis, 'stintDesktop') as unknown,
  }));
  expect(inPage).toEqual({
    secure: true,
    require: 'undefined',
    process: 'undefined',
    desktop: { platform: process.platform },
  });
  const windows = await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length);
  expect(windows).toBe(1);
});

test('the page is answered over the scheme, in the window’s session and no other', async ({
  desktop: { app, page },
}) => {
  const status = await page.evaluate(async () => (await fetch('/v1/sessions')).status);
  expect(status).toBe(200);
  const elsewhere = await app.evaluate(async ({ session }) => {
    const other = session.fromPartition('persist:sign-in');
    return await other.fetch('stint://app/v1/sessions').then(
      (answer) => `answered ${answer.status}`,
      () => 'refused',
    );
  });
  expect(elsewhere).toBe('refused');
});

test('the page gets nothing for a frame inside it, nor anything remote', async ({
  desktop: { page },
}) => {
  const remote = await page.evaluate(() =>
    fetch('https://example.com/').then(
      () => 'loaded',
      () => 'refused',
    ),
  );
  expect(remote).toBe('refused');
  const framed = await page.evaluate(
    () =>
      new Promise<string>((resolve) => {
        const frame = document.createElement('iframe');
        frame.onload = () => resolve(frame.contentDocument?.title ?? 'nothing');
        frame.onerror = () => resolve('nothing');
        frame.src = '/';
        document.body.append(frame);
        setTimeout(() => resolve('nothing'), 2000);
      }),
  );
  expect(framed).not.toBe('Stint');
});

test('the page stays where it is and opens nothing', async ({ desktop: { app, page } }) => {
  await page.evaluate(() => {
    location.href = 'https://example.com/';
    window.open('https://example.com/');
    window.open('stint://app/');
  });
  await page.waitForTimeout(500);
  expect(page.url()).toMatch(/^stint:\/\/app\//);
  const windows = await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length);
  expect(windows).toBe(1);
});

test('the page may write to the clipboard and nothing else', async ({ desktop: { page } }) => {
  const states = await page.evaluate(async () => {
    const names = ['clipboard-read', 'geolocation', 'notifications', 'camera'] as const;
    const asked = names.map((name) =>
      navigator.permissions.query({ name: name as PermissionName }),
    );
    return (await Promise.all(asked)).map(({ state }) => state);
  });
  expect(states).not.toContain('granted');
});

test('event streams arrive piece by piece and end with the page', async ({ desktop: { page } }) => {
  const first = await page.evaluate(async () => {
    const over = new AbortController();
    const answer = await fetch('/v1/events', { signal: over.signal });
    const reader = answer.body?.getReader();
    void fetch('/v1/settings', {
      method: 'PATCH',
      headers: { 'content-type': 'application/merge-patch+json' },
      body: '{"onQuit":"keep-sessions"}',
    });
    const { value } = (await reader?.read()) ?? {};
    over.abort();
    return new TextDecoder().decode(value);
  });
  expect(first).not.toBe('');
});

test('a second instance ends at once and shows the window of the first', async ({
  computer,
  desktop: { app },
}) => {
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.hide());
  const second = launchDesktop(computer);
  await second.catch(() => undefined); // it ends before Playwright sees a window
  await expect
    .poll(() => app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isVisible()))
    .toBe(true);
});

test('owns the workspace: its socket answers, and is gone once it has quit', async ({
  computer,
  desktop: { app },
}) => {
  const answer = await callOwner(computer, 'GET', '/v1/healthz');
  expect(answer.json()).toMatchObject({ pid: app.process().pid });
  await app.evaluate(({ app: inside }) => inside.quit());
  await expect.poll(() => existsSync(join(computer.home, 'agent.sock'))).toBe(false);
});

test.describe('the window on the desktop', () => {
  test('a session is added, started with MFA and stopped; nobody is asked for a token', async ({
    cloud,
    desktop: { page },
  }) => {
    await cloud.setOverrides({ totpWindowSteps: 8 });
    const { mfaSerial } = await addSession(page, cloud, { userName: 'anna', mfa: true });
    await startSelected(page, () => cloud.mfaCode(String(mfaSerial)));
    await stopSelected(page);
  });

  test('a session renews while the window is open', async ({ cloud, desktop: { page } }) => {
    await addSession(page, cloud, { userName: 'ben' });
    await cloud.setOverrides({ grantedSeconds: 9 });
    await startSelected(page);
    await seeRenewal(page);
    await stopSelected(page);
  });
});

test('a federated role is signed in to in its own window, and is renewed without one', async ({
  desktop: { app, page },
  cloud,
  computer,
}) => {
  await page.waitForLoadState('domcontentloaded');
  const accountId = '447109328810';
  const roleArn = `arn:aws:iam::${accountId}:role/Upload`;
  const { idpArn, url } = await cloud.createSamlProvider({ name: 'partner', accountId });
  const { password } = await cloud.createSamlUser({ idpArn, userName: 'eva', roles: [roleArn] });
  await cloud.createRole({ roleArn, principals: [idpArn] });
  const made = await callOwner(computer, 'POST', '/v1/idps', { name: 'partner', url });
  const { idpId } = made.json<{ idpId: string }>();
  const added = await callOwner(computer, 'POST', '/v1/sessions', {
    ...{ type: 'awsIamRoleFederated', sessionName: 'upload', region: 'eu-west-1' },
    ...{ idpId, idpArn, roleArn },
  });
  const path = `/v1/sessions/${added.json<{ sessionId: string }>().sessionId}`;
  // The silent try opens a window, too; the visible one shows the form.
  const signIn = (async () => {
    for (;;) {
      const window = await app.waitForEvent('window');
      await window.waitForLoadState('domcontentloaded').catch(() => undefined);
      const user = window.getByLabel('User name');
      if (!(await user.isVisible().catch(() => false))) continue;
      await user.fill('eva', { timeout: 20_000 }).catch(() => undefined);
      await window
        .getByLabel('Password')
        .fill(password)
        .catch(() => undefined);
      const next = window.getByRole('button', { name: 'Next' });
      if (
        await next.click().then(
          () => true,
          () => false,
        )
      )
        return;
    }
  })();
  const started = callOwner(computer, 'POST', `${path}/start`);
  await signIn;
  expect((await started).status).toBe(200);
  expect((await callOwner(computer, 'POST', `${path}/rotate`)).status).toBe(200);
  expect(app.windows()).toHaveLength(1);
});
