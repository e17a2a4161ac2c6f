import { execFile } from 'node:child_process';

/*
 * Looks at the Secret Service of Linux (freedesktop.org, "Secret Service API") without making it ask
 * for anything: libsecret answers a look-up in a locked collection as if the item did not exist, once
 * the person has cancelled its question or where it cannot ask one.
 */

/** How long the message bus may take, in milliseconds. */
const busTimeout = 1000;

const service = 'org.freedesktop.secrets';
const root = '/org/freedesktop/secrets';

interface Call {
  readonly path: string;
  readonly method: string;
  /** The same arguments as each program writes them. */
  readonly gdbus: readonly string[];
  readonly dbusSend: readonly string[];
}

/**
 * Whether the item is in a locked collection, or may be: it is nowhere else and the default collection
 * is locked. Undefined if the service cannot be asked, or has no collection yet.
 */
export async function isLockedAway(
  attributes: Readonly<Record<string, string>>,
  env: NodeJS.ProcessEnv,
): Promise<boolean | undefined> {
  const found = await call(searchItems(attributes), env);
  if (found === undefined) return undefined;
  // Two lists of paths: unlocked items, then locked ones.
  const [unlocked = '', locked = ''] = [...found.matchAll(/\[([^\]]*)\]/g)].map(([list]) => list);
  if (unlocked.includes(root)) return false;
  if (locked.includes(root)) return true;
  const isLocked = await call(defaultCollectionIsLocked, env);
  return isLocked === undefined ? undefined : /\btrue\b/.test(isLocked);
}

function searchItems(attributes: Readonly<Record<string, string>>): Call {
  const pairs = Object.entries(attributes);
  return {
    path: root,
    method: 'org.freedesktop.Secret.Service.SearchItems',
    gdbus: [`{${pairs.map(([name, value]) => `'${name}': '${value}'`).join(', ')}}`],
    dbusSend: [`dict:string:string:${pairs.flat().join(',')}`],
  };
}

const defaultCollectionIsLocked: Call = {
  path: `${root}/aliases/default`,
  method: 'org.freedesktop.DBus.Properties.Get',
  gdbus: ['org.freedesktop.Secret.Collection', 'Locked'],
  dbusSend: ['string:org.freedesktop.Secret.Collection', 'string:Locked'],
};

/** By whichever program is there; a desktop has one of them. Undefined without an answer. */
async function call(
  { path, method, gdbus, dbusSend }: Call,
  env: NodeJS.ProcessEnv,
): Promise<string | undefined> {
  return (
    (await run(
      'gdbus',
      ['call', '--session', '-d', service, '-o', path, '-m', method, ...gdbus],
      env,
    )) ??
    (await run(
      'dbus-send',
      ['--session', '--print-reply', `--dest=${service}`, path, method, ...dbusSend],
      env,
    ))
  );
}

async function run(
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
