import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { watchScreenLock } from '../../electron/power/screen-lock.ts';
import {
  hasSecretService,
  startSecretService,
  type SecretService,
} from '../support/secret-service.ts';
import { startDesktop } from './running-desktop.ts';

const programs = ['/usr/bin/dbus-monitor', '/usr/bin/gdbus', '/usr/bin/pgrep', '/usr/bin/python3'];
const own = '/org/freedesktop/login1/session/_32';

/** logind as far as its signals: it has its name on the bus and sends what each line of its input says. */
const loginProgram = `
import ctypes, sys
gio = ctypes.CDLL('libgio-2.0.so.0'); glib = ctypes.CDLL('libglib-2.0.so.0')
pointer = ctypes.c_void_p; text = ctypes.c_char_p
gio.g_bus_get_sync.restype = pointer
gio.g_dbus_connection_call_sync.restype = pointer
glib.g_variant_parse.restype = pointer
glib.g_variant_parse.argtypes = [pointer, text, pointer, pointer, pointer]
gio.g_dbus_connection_call_sync.argtypes = [pointer, text, text, text, text, pointer, pointer, ctypes.c_int, ctypes.c_int, pointer, pointer]
gio.g_dbus_connection_emit_signal.argtypes = [pointer, text, text, text, text, pointer, pointer]
gio.g_dbus_connection_flush_sync.argtypes = [pointer, pointer, pointer]
bus = gio.g_bus_get_sync(1, None, None)
values = lambda said: glib.g_variant_parse(None, said, None, None, None)
dbus = b'org.freedesktop.DBus'
gio.g_dbus_connection_call_sync(bus, dbus, b'/', dbus, b'RequestName', values(b"('org.freedesktop.login1', uint32 0)"), None, 0, -1, None, None)
print('owned', flush=True)
for line in sys.stdin:
    path, interface, member, said = [part.encode() for part in line.strip().split(' ', 3)]
    gio.g_dbus_connection_emit_signal(bus, None, path, interface, member, values(said), None)
    gio.g_dbus_connection_flush_sync(bus, None, None)
    print('sent', flush=True)
`;

describe.runIf(hasSecretService() && programs.every((path) => existsSync(path)))(
  'the screen lock on Linux',
  () => {
    let desktop: SecretService;
    let env: NodeJS.ProcessEnv;
    const ends: (() => void)[] = [];
    beforeAll(async () => {
      desktop = await startSecretService();
      const bus = desktop.env['DBUS_SESSION_BUS_ADDRESS'];
      env = { ...desktop.env, DBUS_SYSTEM_BUS_ADDRESS: bus, XDG_SESSION_ID: '2' };
    });
    afterEach(() => {
      for (const end of ends.splice(0)) end();
    });
    afterAll(() => desktop.stop());

    function watch(): readonly string[] {
      const told: string[] = [];
      const on = { locked: () => told.push('locked'), unlocked: () => told.push('unlocked') };
      ends.push(watchScreenLock(on, env));
      return told;
    }

    async function emit(
      signal: string,
      value: string,
      path = '/org/freedesktop/ScreenSaver',
    ): Promise<void> {
      const args = ['emit', '--session', '--object-path', path, '--signal', signal, value];
      await promisify(execFile)('/usr/bin/gdbus', args, { env });
    }

    /** Sends it until it is heard: nothing says when dbus-monitor listens. */
    async function heard(told: readonly string[], send: () => Promise<void>): Promise<void> {
      const before = told.length;
      await expect
        .poll(async () => {
          await send();
          return told.length;
        })
        .toBeGreaterThan(before);
    }

    async function withLogin(
      check: (say: (line: string) => Promise<void>) => Promise<void>,
    ): Promise<void> {
      const program = spawn('/usr/bin/python3', ['-c', loginProgram], {
        env,
        stdio: ['pipe', 'pipe', 'inherit'],
      });
      const answered = () => once(program.stdout, 'data');
      try {
        await answered();
        await check(async (line) => {
          const sent = answered();
          program.stdin.write(`${line}\n`);
          await sent;
        });
      } finally {
        const gone = once(program, 'exit');
        program.kill('SIGKILL');
        await gone;
      }
    }

    test.each(['freedesktop', 'gnome', 'cinnamon', 'mate', 'xfce'])(
      'is reported by the screen saver of %s, once for each change',
      async (name) => {
        const told = watch();
        const signal = `org.${name}.ScreenSaver.ActiveChanged`;
        await heard(told, () => emit(signal, 'true'));
        await heard(told, () => emit(signal, 'false', '/ScreenSaver'));
        expect(told).toEqual(['locked', 'unlocked']);
      },
    );

    test('is reported by logind, of the own session alone', async () => {
      const told = watch();
      const hint = (path: string, value: boolean) =>
        `${path} org.freedesktop.DBus.Properties PropertiesChanged ` +
        `('org.freedesktop.login1.Session', {'IdleHint': <false>, 'LockedHint': <${value}>}, @as [])`;
      await withLogin(async (say) => {
        const other = '/org/freedesktop/login1/session/c1';
        await heard(told, async () => {
          await say(hint(other, false));
          await say(hint(own, true));
        });
        await say(hint(other, false));
        await say(`${own} org.freedesktop.login1.Session PauseDevice (uint32 1, uint32 2, 'gone')`);
        await heard(told, () => say(`${own} org.freedesktop.login1.Session Unlock ()`));
        await heard(told, () => say(`${own} org.freedesktop.login1.Session Lock ()`));
        await heard(told, () => say(hint(own, false)));
      });
      expect(told).toEqual(['locked', 'unlocked', 'locked', 'unlocked']);
    });

    test('is not believed from another program in the name of logind', async () => {
      const told = watch();
      await withLogin(async (say) => {
        const signal = (member: string) => `${own} org.freedesktop.login1.Session ${member} ()`;
        await heard(told, () => say(signal('Lock')));
        await heard(told, () => say(signal('Unlock')));
        const args = ['--session', '--type=signal', own, 'org.freedesktop.login1.Session.Lock'];
        await promisify(execFile)('/usr/bin/dbus-send', args, { env });
        await say(signal('Unlock'));
      });
      await heard(told, () => emit('org.gnome.ScreenSaver.ActiveChanged', 'true'));
      await heard(told, () => emit('org.gnome.ScreenSaver.ActiveChanged', 'false'));
      expect(told).toEqual(['locked', 'unlocked', 'locked', 'unlocked']);
    });

    test('is listened for only while the setting says what it means', async () => {
      const listeners = async () => {
        const { stdout } = await promisify(execFile)('/usr/bin/pgrep', [
          ...['--parent', String(process.pid), 'dbus-monitor'],
        ]).catch(() => ({ stdout: '' }));
        return stdout.split('\n').filter((line) => line !== '').length;
      };
      const app = await startDesktop({ env });
      await app.trayShows('payments');
      expect(await listeners()).toBe(0);
      app.connection.changeSettings({ onScreenLock: 'lock-vault' });
      await expect.poll(listeners).toBe(2);
      await expect
        .poll(async () => {
          await emit('org.gnome.ScreenSaver.ActiveChanged', 'true');
          return app.connection.asked;
        })
        .toEqual(['POST /v1/lock']);
      app.connection.changeSettings({ onScreenLock: 'keep-sessions' });
      await expect.poll(listeners).toBe(0);
      app.connection.changeSettings({ onScreenLock: 'stop-sessions' });
      await expect.poll(listeners).toBe(2);
      await app.quit();
      await expect.poll(listeners).toBe(0);
    });
  },
);

test('the screen lock on Linux is never reported if no program can listen to the bus', async () => {
  const told: string[] = [];
  const on = { locked: () => told.push('locked'), unlocked: () => told.push('unlocked') };
  const end = watchScreenLock(on, { PATH: '/nonexistent', XDG_SESSION_ID: '2' });
  await new Promise(setImmediate);
  end();
  expect(told).toEqual([]);
});
