import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

export interface ScreenLockEvents {
  readonly locked: () => void;
  readonly unlocked: () => void;
}

/** The screen savers that report a lock on the session bus, all with the same signal. */
const screenSavers = ['freedesktop', 'gnome', 'cinnamon', 'mate', 'xfce'];

const login = 'org.freedesktop.login1';

/**
 * Follows the screen lock of a Linux desktop, of which Electron has no event: the signal `ActiveChanged`
 * of the screen saver on the session bus, and of systemd-logind on the system bus the signals `Lock` and
 * `Unlock` and the property `LockedHint` of the own session (org.freedesktop.login1(5)). dbus-monitor
 * listens for them and nothing else; without it, or without a bus, nothing is ever reported. Returns the
 * function that ends it.
 */
export function watchScreenLock(
  on: ScreenLockEvents,
  env: NodeJS.ProcessEnv = process.env,
): () => void {
  let isLocked = false;
  // Desktops report the same in several ways.
  const report = (locks: boolean) => {
    if (locks === isLocked) return;
    isLocked = locks;
    if (locks) on.locked();
    else on.unlocked();
  };
  const session = env['XDG_SESSION_ID'];
  const ends = [
    monitor(['--session', ...screenSavers.map(screenSaverSignal)], env, report),
    ...(session === undefined
      ? []
      : [monitor(['--system', ...loginSignals(loginPath(session))], env, report)]),
  ];
  return () => {
    for (const end of ends) end();
  };
}

function screenSaverSignal(desktop: string): string {
  return `type='signal',interface='org.${desktop}.ScreenSaver',member='ActiveChanged'`;
}

/** The sender makes the bus leave out what other users send in logind's name. */
function loginSignals(path: string): readonly string[] {
  const from = `type='signal',sender='${login}',path='${path}'`;
  return [
    `${from},interface='${login}.Session'`,
    `${from},interface='org.freedesktop.DBus.Properties',arg0='${login}.Session'`,
  ];
}

/** As systemd writes a name into an object path (sd_bus_path_encode(3)). */
function loginPath(session: string): string {
  const encoded = session.replace(
    /^\d|[^\da-z]/gi,
    (character) => `_${character.charCodeAt(0).toString(16).padStart(2, '0')}`,
  );
  return `/org/freedesktop/login1/session/${encoded}`;
}

/** Ends with Stint: by the returned function, or by its closed output once there is a signal. */
function monitor(
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  report: (locks: boolean) => void,
): () => void {
  const child = spawn('dbus-monitor', args, { env, stdio: ['ignore', 'pipe', 'ignore'] });
  child.on('error', () => undefined);
  const read = lockReader(report);
  createInterface(child.stdout).on('line', read);
  return () => void child.kill();
}

/** Reads what dbus-monitor prints: a line about each signal, then its values on lines of their own. */
function lockReader(report: (locks: boolean) => void): (line: string) => void {
  let awaitsValue = false;
  return (line) => {
    const member = /^signal .*; member=(\w+)$/.exec(line)?.[1];
    if (member !== undefined) awaitsValue = member === 'ActiveChanged';
    if (member === 'Lock') report(true);
    if (member === 'Unlock') report(false);
    if (/^\s+string "LockedHint"$/.test(line)) awaitsValue = true;
    const value = /^\s.*\bboolean (true|false)$/.exec(line)?.[1];
    if (!awaitsValue || value === undefined) return;
    awaitsValue = false;
    report(value === 'true');
  };
}
