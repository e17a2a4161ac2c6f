import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { autostartEntry, setOpenAtLogin } from '../../electron/login/login-item.ts';
import { createFakeElectron } from '../fakes/electron/fake-electron.ts';
import { startDesktop } from './running-desktop.ts';

let home: string;
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'stint-login-'));
});
afterEach(async () => {
  await rm(home, { recursive: true });
});

const set = (
  open: boolean,
  platform: NodeJS.Platform,
  env: NodeJS.ProcessEnv = {},
  isPackaged = true,
) => {
  const { app } = createFakeElectron({ platform, isPackaged });
  const parts = { app, platform, env: { HOME: home, ...env }, program: '/opt/Stint/stint-desktop' };
  return setOpenAtLogin(open, parts).then(() => app.loginItem);
};
const entry = (folder = join(home, '.config')) =>
  readFile(join(folder, 'autostart', 'stint-desktop.desktop'), 'utf8').catch(() => undefined);

describe('starting at login', () => {
  test('is an item of the system on macOS and Windows', async () => {
    expect(await set(true, 'darwin')).toEqual({ openAtLogin: true });
    expect(await set(true, 'win32')).toEqual({ openAtLogin: true, args: ['--hidden'] });
    expect(await set(false, 'darwin')).toEqual({ openAtLogin: false });
    expect(await entry()).toBeUndefined();
  });

  test('is a file for the desktop on Linux, which goes again', async () => {
    await set(true, 'linux');
    expect(await entry()).toBe(
      '[Desktop Entry]\nType=Application\nName=Stint\nExec="/opt/Stint/stint-desktop" --hidden\nTerminal=false\n',
    );
    await set(false, 'linux');
    await set(false, 'linux');
    expect(await entry()).toBeUndefined();
  });

  test('names the file of an AppImage, in the folder of the desktop', async () => {
    const folder = join(home, 'own');
    await set(true, 'linux', { APPIMAGE: '/home/anna/Stint 1.AppImage', XDG_CONFIG_HOME: folder });
    expect(await entry(folder)).toContain('Exec="/home/anna/Stint 1.AppImage" --hidden');
  });

  test('is not for a checkout, whose runtime would start without Stint', async () => {
    expect(await set(true, 'darwin', {}, false)).toEqual({ openAtLogin: false });
    await set(true, 'linux', {}, false);
    expect(await entry()).toBeUndefined();
  });

  test.each([
    ['/a b/c', '"/a b/c"'],
    ['/a%b', '"/a%%b"'],
    ['/a"b', String.raw`"/a\\"b"`],
    ['/a$b', String.raw`"/a\\$b"`],
    ['/a\\b', String.raw`"/a\\\\b"`],
  ])('quotes the program %s', (program, quoted) => {
    expect(autostartEntry(program)).toContain(`Exec=${quoted} --hidden\n`);
  });
});

describe('started at login', () => {
  test('no window opens: the tray shows that Stint runs', async () => {
    const { electron, trayShows, tray } = await startDesktop({ startHidden: true });
    await trayShows('payments');
    expect(electron.windows).toHaveLength(0);
    tray().pick('Open Stint');
    expect(electron.windows).toHaveLength(1);
  });

  test('a Mac says so by itself', async () => {
    const { electron, trayShows } = await startDesktop({
      platform: 'darwin',
      fake: { openedAtLogin: true },
    });
    await trayShows('payments');
    expect(electron.windows).toHaveLength(0);
  });

  test('the window opens where no tray shows it', async () => {
    const { electron } = await startDesktop({
      startHidden: true,
      trayVisible: () => Promise.resolve(false),
    });
    expect(electron.windows).toHaveLength(1);
  });

  test('the setting is followed as it changes', async () => {
    const { electron, connection, trayShows } = await startDesktop({
      platform: 'win32',
      fake: { isPackaged: true },
      login: { env: {}, program: 'stint.exe' },
    });
    await trayShows('payments');
    connection.changeSettings({ openAtLogin: true });
    await expect.poll(() => electron.app.loginItem.openAtLogin).toBe(true);
    connection.changeSettings({ openAtLogin: false });
    await expect.poll(() => electron.app.loginItem.openAtLogin).toBe(false);
  });
});
