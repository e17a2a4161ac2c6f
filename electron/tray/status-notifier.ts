import { execFile } from 'node:child_process';

/** How long the message bus may take, in milliseconds. */
const busTimeout = 2000;

const watcher = 'org.kde.StatusNotifierWatcher';
const watcherPath = '/StatusNotifierWatcher';
const read = 'org.freedesktop.DBus.Properties.Get';
const property = 'IsStatusNotifierHostRegistered';

/** Two programs that can read a property from the session bus; a desktop has one of them. */
const askers: readonly { readonly program: string; readonly args: readonly string[] }[] = [
  {
    program: 'gdbus',
    args: [
      ...['call', '--session', '--dest', watcher, '--object-path', watcherPath],
      ...['--method', read, watcher, property],
    ],
  },
  {
    program: 'dbus-send',
    args: [
      ...['--session', '--print-reply', `--dest=${watcher}`, watcherPath],
      ...[read, `string:${watcher}`, `string:${property}`],
    ],
  },
];

/**
 * Whether a tray icon is visible. Electron cannot tell; on Linux it is if the StatusNotifierWatcher on the
 * session bus has a host, which draws the icons (freedesktop.org, StatusNotifierItem): a desktop may run
 * the watcher although none of its panels shows a tray. False if unknown.
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

/** Undefined if the program is missing or does not answer. */
async function ask(
  program: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
): Promise<string | undefined> {
  return await new Promise((resolve) => {
    execFile(
      program,
      args,
      { env, timeout: busTimeout, killSignal: 'SIGKILL' },
      (error, stdout) => {
        resolve(error === null ? stdout : undefined);
      },
    );
  });
}
