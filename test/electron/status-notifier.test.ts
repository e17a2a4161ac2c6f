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

/** A watcher, as a desktop runs it, whose property says whether a panel shows the icons. */
const watcherProgram = `
import ctypes, sys
gio = ctypes.CDLL('libgio-2.0.so.0'); glib = ctypes.CDLL('libglib-2.0.so.0')
pointer = ctypes.c_void_p
for owner, name in ((gio, 'g_bus_get_sync'), (gio, 'g_dbus_node_info_new_for_xml'),
                    (gio, 'g_dbus_node_info_lookup_interface'), (glib, 'g_variant_new_boolean'),
                    (glib, 'g_main_loop_new')):
    getattr(owner, name).restype = pointer
bus = pointer(gio.g_bus_get_sync(2, None, None))
xml = b'<node><interface name="${watcher}"><property name="IsStatusNotifierHostRegistered" type="b" access="read"/></interface></node>'
node = pointer(gio.g_dbus_node_info_new_for_xml(xml, None))
info = pointer(gio.g_dbus_node_info_lookup_interface(node, b'${watcher}'))
GET = ctypes.CFUNCTYPE(pointer, *[pointer] * 7)
has_host = GET(lambda *_: glib.g_variant_new_boolean(int(sys.argv[1])))
vtable = (pointer * 11)(None, ctypes.cast(has_host, pointer).value)
gio.g_dbus_connection_register_object(bus, b'/StatusNotifierWatcher', info, vtable, None, None, None)
CALL = ctypes.CFUNCTYPE(None, pointer, ctypes.c_char_p, pointer)
say = CALL(lambda *_: (print('owned', flush=True)))
lost = CALL(lambda *_: sys.exit(1))
gio.g_bus_own_name_on_connection(bus, b'${watcher}', 0, say, lost, None, None)
glib.g_main_loop_run(pointer(glib.g_main_loop_new(None, 0)))
`;

describe.runIf(hasSecretService() && existsSync('/usr/bin/python3'))('a tray on Linux', () => {
  let desktop: SecretService;
  beforeAll(async () => {
    desktop = await startSecretService();
  });
  afterAll(() => desktop.stop());

  const visible = () => trayIsVisible('linux', { ...desktop.env });

  async function withWatcher(hasHost: boolean, check: () => Promise<void>): Promise<void> {
    const program: ChildProcess = spawn(
      '/usr/bin/python3',
      ['-c', watcherProgram, hasHost ? '1' : '0'],
      { env: { ...desktop.env }, stdio: ['ignore', 'pipe', 'inherit'] },
    );
    try {
      await once(program.stdout as NonNullable<ChildProcess['stdout']>, 'data');
      await check();
    } finally {
      const gone = once(program, 'exit');
      program.kill('SIGKILL');
      await gone;
    }
  }

  test('is visible only while a panel on the session bus shows it', async () => {
    expect(await visible()).toBe(false);
    await withWatcher(true, async () => {
      expect(await visible()).toBe(true);
    });
    await expect.poll(visible).toBe(false);
  });

  test('is not visible if the desktop watches for icons and no panel shows them', async () => {
    await withWatcher(false, async () => {
      expect(await visible()).toBe(false);
    });
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
