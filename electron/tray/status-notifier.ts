import { execFile } from 'node:child_process';

/** How long the message bus may take, in milliseconds. */
const patience = 2000;

const watcher = 'org.kde.StatusNotifierWatcher';
const bus = 'org.freedesktop.DBus';

/** Two programs that can ask the session bus who owns a name; a desktop has at least one. */
const askers: readonly { readonly program: string; readonly args: readonly string[] }[] = [
  {
    program: 'gdbus',
    args: [
      ...['call', '--session', '--dest', bus, '--object-path', '/org/freedesktop/DBus'],
      ...['--method', `${bus}.NameHasOwner`, watcher],
    ],
  },
  {
    program: 'dbus-send',
    args: [
      ...['--session', '--print-reply', `--dest=${bus}`, '/org/freedesktop/DBus'],
      ...[`${bus}.NameHasOwner`, `string:${watcher}`],
    ],
  },
];

/**
 * Whether a tray icon can be seen, as far as that can be known. Electron has no answer; on Linux an
 * icon is shown by whoever owns the StatusNotifierWatcher name (freedesktop.org's StatusNotifierItem)
 * on the session bus. In doubt: no.
 */
export async function trayIsVisible(
  platform: NodeJS.Platform = process.platform,
  env: NodeJS.ProcessEnv = process.env,
): Promise<boolean> {
  if (platform !== 'linux') return true;
  for (const { program, args } of askers) {
    const answer = await ask(program, args, env);
    if (answer !== undefined) return /\btrue\b/.test(answer);
  }
  return false;
}

/** Undefined where the program is not there or gives no answer. */
async function ask(
  program: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
): Promise<string | undefined> {
  return await new Promise((resolve) => {
    execFile(program, args, { env, timeout: patience, killSignal: 'SIGKILL' }, (error, stdout) => {
      resolve(error === null ? stdout : undefined);
    });
  });
}
