import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { trayIsVisible } from '../../electron/tray/status-notifier.ts';
import {
  hasSecretService,
  startSecretService,
  type SecretService,
} from '../support/secret-service.ts';

const watcher = 'org.kde.StatusNotifierWatcher';

/** A program that owns the name, as a desktop's panel does, and lets go of it when it is ended. */
const panel = `
import ctypes, sys
gio = ctypes.CDLL('libgio-2.0.so.0'); glib = ctypes.CDLL('libglib-2.0.so.0')
gio.g_bus_get_sync.restype = ctypes.c_void_p
bus = gio.g_bus_get_sync(2, None, None)
CALL = ctypes.CFUNCTYPE(None, ctypes.c_void_p, ctypes.c_char_p, ctypes.c_void_p)
say = CALL(lambda *_: (print('owned', flush=True)))
lost = CALL(lambda *_: sys.exit(1))
gio.g_bus_own_name_on_connection(ctypes.c_void_p(bus), b'${watcher}', 0, say, lost, None, None)
glib.g_main_loop_new.restype = ctypes.c_void_p
glib.g_main_loop_run(ctypes.c_void_p(glib.g_main_loop_new(None, 0)))
`;

describe.runIf(hasSecretService() && existsSync('/usr/bin/python3'))('a tray on Linux', () => {
  let desktop: SecretService;
  beforeAll(async () => {
    desktop = await startSecretService();
  });
  afterAll(() => desktop.stop());

  const visible = () => trayIsVisible('linux', { ...desktop.env });

  test('is visible only while a program on the session bus shows it', async () => {
    expect(await visible()).toBe(false);
    const panelProcess: ChildProcess = spawn('/usr/bin/python3', ['-c', panel], {
      env: { ...desktop.env },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    try {
      await once(panelProcess.stdout as NonNullable<ChildProcess['stdout']>, 'data');
      expect(await visible()).toBe(true);
    } finally {
      const gone = once(panelProcess, 'exit');
      panelProcess.kill('SIGKILL');
      await gone;
    }
    await expect.poll(visible).toBe(false);
  });
});

test('a tray on Linux is not visible without a session bus', async () => {
  const env = { PATH: process.env['PATH'], DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nonexistent' };
  expect(await trayIsVisible('linux', env)).toBe(false);
});

test('a tray on Linux is not visible if no program can ask the bus', async () => {
  expect(await trayIsVisible('linux', { PATH: '/nonexistent' })).toBe(false);
});

test.each(['darwin', 'win32'] as const)('on %s there is always a tray', async (platform) => {
  expect(await trayIsVisible(platform, {})).toBe(true);
});
