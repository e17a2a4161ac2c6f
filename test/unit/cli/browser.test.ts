import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openInBrowser } from '../../../src/browser/open-in-browser.ts';
import { openWindowPage } from '../../../src/browser/window-page.ts';

const browser = () => Promise.resolve(spawn(process.execPath, ['-e', '']));
const noBrowser = () => Promise.reject(new Error('spawn xdg-open ENOENT'));

describe('opening an address', () => {
  it.each([
    ['darwin', {}, true],
    ['win32', {}, true],
    ['linux', { DISPLAY: ':0' }, true],
    ['linux', { WAYLAND_DISPLAY: 'wayland-0' }, true],
    ['linux', { BROWSER: 'firefox' }, true],
    ['linux', { WSL_DISTRO_NAME: 'Ubuntu' }, true],
    ['linux', { DISPLAY: '' }, false],
  ] as const)('on %s with %j starts a browser: %s', async (platform, env, starts) => {
    const opened = await openInBrowser('https://a.example/', { env, platform, opener: browser });
    expect(opened !== undefined).toBe(starts);
  });

  it('gives the browser the address itself', async () => {
    const targets: string[] = [];
    const opener = (target: string) => {
      targets.push(target);
      return browser();
    };
    await openInBrowser('https://a.example/?b=c', { env: {}, platform: 'darwin', opener });
    expect(targets).toEqual(['https://a.example/?b=c']);
  });

  it('does not reject where there is no browser', async () => {
    const opening = openInBrowser('https://a.example/', {
      env: {},
      platform: 'darwin',
      opener: noBrowser,
    });
    expect(await opening).toBeUndefined();
  });
});

describe('the page of a secret address', () => {
  let home = '';
  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), 'stint-browser-'));
  });
  afterEach(() => rmSync(home, { recursive: true, force: true }));
  const address = 'http://127.0.0.1:1/#code=abc';
  const env = () => ({ HOME: home, DISPLAY: ':0' });
  const removerScript = join(import.meta.dirname, '../../../src/browser/remove-page.ts');
  const remover = [process.execPath, removerScript] as const;

  it.skipIf(process.platform === 'win32')('lies in the home while it is used', async () => {
    const used = Promise.withResolvers<undefined>();
    let seen: { folder: string; name: string; mode: number } | undefined;
    const opener = async (page: string) => {
      const name = page.slice(home.length + 1);
      seen = { folder: dirname(page), name, mode: statSync(page).mode & 0o777 };
      used.resolve(undefined);
      return await browser();
    };
    const options = { env: env(), platform: 'linux' as const, opener, remover };
    expect(await openWindowPage(address, used.promise, options)).toBe(true);
    expect(seen).toMatchObject({ folder: home, mode: 0o600 });
    expect(seen?.name).toMatch(/^stint-/);
    expect(readdirSync(home)).toEqual([]);
  });

  it('is removed where no browser starts, or it fails', async () => {
    const never = new Promise<void>(() => undefined);
    const failing = () => Promise.resolve(spawn(process.execPath, ['-e', 'process.exit(3)']));
    for (const opener of [noBrowser, failing]) {
      const options = { env: env(), platform: 'linux' as const, opener, remover };
      expect(await openWindowPage(address, never, options)).toBe(false);
      expect(readdirSync(home)).toEqual([]);
    }
  });

  it('is removed by another process, should the command be interrupted', () => {
    const page = join(home, 'stint-page.html');
    writeFileSync(page, '');
    execFileSync(process.execPath, [removerScript, page, '1']);
    expect(readdirSync(home)).toEqual([]);
  });

  it('that cannot be written does not fail the command', async () => {
    rmSync(home, { recursive: true });
    const options = { env: env(), platform: 'linux' as const, opener: browser };
    expect(await openWindowPage(address, Promise.resolve(), options)).toBe(false);
  });
});
