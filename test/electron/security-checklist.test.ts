import { FuseV1Options } from '@electron/fuses';
import type { WebPreferences } from 'electron/main';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Hono } from 'hono';
import { promisify } from 'node:util';
import { execFile } from 'node:child_process';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { fuses } from '../../electron/fuses.ts';
import { decideLink } from '../../electron/guards/external-link.ts';
import { createWindowSignIn } from '../../electron/sign-in/saml-window.ts';
import { windowHeaders } from '../../src/api/window/headers.ts';
import { FakeClock } from '../fakes/clock.ts';
import type { FakeBrowserWindow } from '../fakes/electron/browser-window.ts';
import type { FakeElectron } from '../fakes/electron/fake-electron.ts';
import { startDesktop } from './running-desktop.ts';

/*
 * The security checklist of Electron's documentation (electronjs.org, "Security"), point by point and by
 * its numbers, on the app as it runs: with its own window and with the window of a sign-in.
 */

const { exposed } = vi.hoisted(() => ({ exposed: [] as [string, unknown][] }));
vi.mock('electron', () => ({
  contextBridge: {
    exposeInMainWorld: (name: string, api: unknown) => void exposed.push([name, api]),
  },
}));

const root = join(import.meta.dirname, '..', '..');
const idp = { idpId: 'b1', name: 'Acme', url: 'https://idp.example/aws' };

let electron: FakeElectron;
let appWindow: FakeBrowserWindow;
let signInWindow: FakeBrowserWindow;

beforeEach(async () => {
  let owns: (id: number) => boolean = () => false;
  const desktop = await startDesktop({ isSignInPage: (id) => owns(id) });
  ({ electron } = desktop);
  appWindow = desktop.window();
  const windows = createWindowSignIn(electron.runtime, { folder: desktop.home, icon: 'icon.png' });
  owns = (id) => windows.owns(id);
  const clock = new FakeClock();
  electron.session('persist:saml-b1').network = () => new Response('a page');
  const over = new AbortController();
  const signedIn = windows
    .of(clock, () => undefined)
    .capture({
      idp,
      partition: idp.idpId,
      session: { sessionId: 's1', sessionName: 'upload' },
      visible: true,
      signal: over.signal,
      deadline: clock.now() + 60_000,
    });
  signedIn.catch(() => undefined);
  await expect.poll(() => electron.windows).toHaveLength(2);
  signInWindow = electron.windows[1] as FakeBrowserWindow;
  return async () => {
    over.abort();
    await signedIn.catch(() => undefined);
  };
});

const preferences = (): readonly WebPreferences[] =>
  [appWindow, signInWindow].map(({ options }) => options.webPreferences ?? {});

/** Lines of the product's own code with these words. */
async function linesWith(pattern: string, ...folders: readonly string[]): Promise<string> {
  return await promisify(execFile)('git', ['grep', '-nE', pattern, '--', ...folders], { cwd: root })
    .then(({ stdout }) => stdout)
    .catch(() => '');
}

describe('Electron’s security checklist', () => {
  test('1. only secure content is loaded: the app’s own scheme, and sign-in pages over https', () => {
    expect(appWindow.url).toBe('stint://app/');
    expect(new URL(signInWindow.url).protocol).toBe('https:');
    expect(signInWindow.webContents.tryToNavigate('http://idp.example/')).toBe(false);
  });

  test('2. no page has Node, nor has any of its workers and frames', () => {
    for (const one of preferences()) {
      expect(one.nodeIntegration).toBe(false);
      expect(one.nodeIntegrationInWorker ?? false).toBe(false);
      expect(one.nodeIntegrationInSubFrames ?? false).toBe(false);
    }
  });

  test('3. contexts are isolated', () => {
    for (const one of preferences()) expect(one.contextIsolation).toBe(true);
  });

  test('4. every process of a page is sandboxed', () => {
    expect(electron.app.sandboxed).toBe(true);
    for (const one of preferences()) expect(one.sandbox).toBe(true);
  });

  test('5. permissions are refused in every session, but writing to the clipboard after a click', () => {
    const asked = ['clipboard-read', 'media', 'geolocation', 'notifications', 'openExternal'];
    for (const permission of asked) {
      expect(appWindow.session.grants(permission, 'stint://app/')).toBe(false);
      expect(signInWindow.session.grants(permission, idp.url)).toBe(false);
    }
    expect(signInWindow.session.grants('clipboard-sanitized-write', idp.url)).toBe(false);
  });

  test('6. web security is on', () => {
    for (const one of preferences()) expect(one.webSecurity).toBe(true);
  });

  test('7. the page has a content security policy without remote content and inline scripts', async () => {
    const app = new Hono().use(windowHeaders).get('/', (c) => c.html('page'));
    const policy = (await app.request('/')).headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).toMatch(/script-src 'self' 'nonce-[^']+'(;|$)/);
    expect(policy).toContain("require-trusted-types-for 'script'");
    expect(policy).not.toMatch(/unsafe-|https?:|\*/);
  });

  test('8., 9., 10. nothing insecure, experimental or of Blink is turned on', () => {
    for (const one of preferences()) {
      expect(one.allowRunningInsecureContent ?? false).toBe(false);
      expect(one.experimentalFeatures ?? false).toBe(false);
      expect(one.enableBlinkFeatures).toBeUndefined();
    }
  });

  test('11., 12. there is no <webview>, and none can be attached', async () => {
    for (const one of preferences()) expect(one.webviewTag).toBe(false);
    for (const { webContents } of [appWindow, signInWindow]) {
      expect(webContents.tryToAttachWebview()).toBe(false);
    }
    expect(await linesWith('<webview|allowpopups', 'src', 'electron')).toBe('');
  });

  test('13. the window navigates nowhere, a sign-in over https alone', () => {
    for (const event of ['will-navigate', 'will-frame-navigate', 'will-redirect']) {
      expect(appWindow.webContents.tryToNavigate('https://evil.example/', event)).toBe(false);
      expect(signInWindow.webContents.tryToNavigate('https://other.example/', event)).toBe(true);
      for (const address of ['file:///etc/passwd', 'stint://app/', 'javascript:alert(1)']) {
        expect(signInWindow.webContents.tryToNavigate(address, event)).toBe(false);
      }
    }
  });

  test('14. no page opens a window', () => {
    for (const { webContents } of [appWindow, signInWindow]) {
      expect(webContents.tryToOpen('https://evil.example/')).toBe(false);
    }
    expect(electron.windows).toHaveLength(2);
  });

  test('15. the browser opens https links alone, unknown ones after a question, and none of a sign-in', () => {
    for (const address of [
      'file:///etc/passwd',
      'smb://evil.example/',
      'ms-msdt:/id',
      'http://a.example/',
    ]) {
      expect(decideLink(address)).toEqual({ kind: 'refuse' });
    }
    expect(decideLink('https://a.example/')).toMatchObject({ kind: 'confirm' });
    signInWindow.webContents.tryToOpen('https://a.example/');
    expect([electron.openedOutside, electron.told]).toEqual([[], []]);
  });

  test('16. Electron is pinned exactly, and updated by a bot', async () => {
    const manifest = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as {
      readonly devDependencies: Readonly<Record<string, string>>;
    };
    expect(manifest.devDependencies['electron']).toMatch(/^\d+\.\d+\.\d+$/);
    expect(await readFile(join(root, '.github', 'dependabot.yml'), 'utf8')).toMatch(
      /package-ecosystem: ['"]?npm/,
    );
  });

  test('17. there are no IPC messages whose sender could be forged', async () => {
    expect(await linesWith('ipcMain|ipcRenderer', 'src', 'electron')).toBe('');
  });

  test('18. nothing is loaded from file://: the app has its own scheme', async () => {
    expect(electron.schemes.map(({ scheme }) => scheme)).toEqual(['stint']);
    expect(await linesWith('loadFile\\(', 'electron')).toBe('');
    expect(fuses.grantFileProtocolExtraPrivileges).toBe(false);
  });

  test('19. every fuse is decided', () => {
    const known = Object.values(FuseV1Options).filter((name) => typeof name === 'string');
    const named = known.map((name) => name.charAt(0).toLowerCase() + name.slice(1));
    expect(Object.keys(fuses).sort()).toEqual(named.sort());
  });

  test('20. the page gets the platform’s name from the preload, and a sign-in has no preload', async () => {
    await import('../../electron/preload.ts');
    expect(exposed).toEqual([['stintDesktop', { platform: process.platform }]]);
    expect(Object.isFrozen(exposed[0]?.[1])).toBe(true);
    expect(signInWindow.options.webPreferences?.preload).toBeUndefined();
  });
});
