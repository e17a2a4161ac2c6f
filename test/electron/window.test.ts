import type { Browser, Page } from '@playwright/test';
import { readFile } from 'node:fs/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { scratchComputer, type ScratchComputer } from '../support/agent-process.ts';
import { practiceForEachTest } from '../practice-cloud/practice.ts';
import { startDesktopProcess, type DesktopProcess } from './desktop-process.ts';
import { launchChromium } from '../support/launch-chromium.ts';
import { newWindow } from '../support/new-window.ts';
import { see } from '../support/see.ts';
import {
  addSession,
  seeRenewal,
  seeStopped,
  startSelected,
  stopSelected,
} from '../support/window-journeys.ts';

/*
 * The built window in real Chromium, behind the scheme of the built desktop app on the fake Electron:
 * frame guard, protocol handler, HTTP app, owner, files and tray are real.
 */

const practice = practiceForEachTest();
let browser: Browser;
let computer: ScratchComputer;
let desktop: DesktopProcess;
let page: Page;
const complaints: string[] = [];

beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(async () => {
  await browser.close();
});
beforeEach(async () => {
  complaints.length = 0;
  computer = await scratchComputer({ stsEndpoint: practice.endpoint, credentials: '# mine\n' });
  desktop = await startDesktopProcess(computer);
  page = await newWindow(browser, { viewport: { width: 1100, height: 720 } });
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  // What the preload gives the page.
  await page.addInitScript({
    content: `globalThis.stintDesktop = Object.freeze({ platform: '${process.platform}' });`,
  });
  await page.goto(desktop.page);
});
afterEach(async () => {
  await page.context().close();
  await desktop.kill();
  await computer.remove();
});

const credentialsFile = () => readFile(computer.credentialsFile, 'latin1');
const trayShows = (line: RegExp) =>
  expect.poll(async () => (await desktop.state()).tray.join('\n')).toMatch(line);

describe('the window on the desktop', () => {
  test('a session is added, started with MFA and stopped; nobody is asked for a token', async () => {
    await practice.admin.setOverrides({ totpWindowSteps: 8 });
    const { mfaSerial } = await addSession(page, practice.admin, { userName: 'anna', mfa: true });
    await startSelected(page, () => practice.admin.mfaCode(String(mfaSerial)));
    expect(await credentialsFile()).toContain('[anna]');
    await trayShows(/✓ anna — .* left/);
    await stopSelected(page);
    await expect.poll(credentialsFile).toBe('# mine\n');
    expect(complaints).toEqual([]);
  });

  test('a session renews while the window is open, and stops from the tray', async () => {
    await addSession(page, practice.admin, { userName: 'ben' });
    await practice.admin.setOverrides({ grantedSeconds: 45 });
    await startSelected(page);
    await seeRenewal(page);
    await desktop.do('pick', 'ben');
    await seeStopped(page);
    await expect.poll(credentialsFile).toBe('# mine\n');
  });

  test('from the tray alone: a session is started, its MFA code answered, its time left seen, and it is stopped', async () => {
    await practice.admin.setOverrides({ totpWindowSteps: 8 });
    const { mfaSerial } = await addSession(page, practice.admin, { userName: 'dora', mfa: true });
    await page.locator('body').press('p');
    await trayShows(/dora/);
    await page.context().close();
    await desktop.do('pick', 'dora');
    await trayShows(/MFA code for dora/);
    await desktop.do('copy', await practice.admin.mfaCode(String(mfaSerial)));
    await desktop.do('pick', 'MFA code for dora › Use the code');
    await trayShows(/✓ dora — .* left/);
    expect(await credentialsFile()).toContain('[dora]');
    await desktop.do('pick', 'dora');
    await expect.poll(credentialsFile).toBe('# mine\n');
    expect(new URL((await desktop.state()).url).hash).toBe('');
  });

  test('the tray opens the search and the question in the page that is there', async () => {
    await addSession(page, practice.admin, { userName: 'emil', mfa: true });
    await page.evaluate(() => Object.assign(globalThis, { isSamePage: true }));
    /** Plain Chromium goes to the address that the window loads. */
    const follow = async (choice: string) => {
      const { url } = await desktop.do('pick', choice);
      await page.goto(new URL(new URL(url).hash, page.url()).href);
    };
    await page
      .getByRole('complementary', { name: 'Details' })
      .getByRole('button', { name: 'Start' })
      .click();
    await trayShows(/MFA code for emil/);
    await page.getByRole('searchbox').first().focus();
    await follow('MFA code for emil › Enter it');
    await see(page.getByRole('textbox', { name: /MFA code/ })).toBeFocused();
    await follow('Search…');
    await see(page.getByRole('combobox')).toBeFocused();
    expect(await page.evaluate(() => Reflect.get(globalThis, 'isSamePage') as unknown)).toBe(true);
    expect(new URL(page.url()).hash).toBe('');
  });

  test('the page has the strict content security policy, and gets no secret from its host', async () => {
    const answer = await desktop.fetch('/', {
      headers: { 'sec-fetch-dest': 'document', 'sec-fetch-site': 'none' },
    });
    expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'");
    await addSession(page, practice.admin, { userName: 'carl' });
    await startSelected(page);
    const [, issued = ''] = /aws_secret_access_key = (.+)/.exec(await credentialsFile()) ?? [];
    expect(issued).not.toBe('');
    expect(await page.content()).not.toContain(issued);
  });
});
