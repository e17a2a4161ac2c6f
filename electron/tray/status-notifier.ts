import { execFile } from 'node:child_process';

/** How long the message bus may take, in milliseconds. */
const busTimeout = 2000;

const watcher = 'org.kde.StatusNotifierWatcher';
const bus = 'org.freedesktop.DBus';

/** Two programs that can ask the session bus whether a name has an owner; a desktop has one of them. */
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
 * Whether a tray icon is visible. Electron cannot tell; on Linux it is if a program owns the name
 * StatusNotifierWatcher on the session bus (freedesktop.org, StatusNotifierItem). False if unknown.
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
