import { spawn } from 'node:child_process';
import { z } from 'zod';
import { Problem } from '../../models/problem.ts';

/** The operating system's keychain: items of the service `stint`, by account. */
export interface Keychain {
  /** Undefined if there is no such item. Throws Problem 'keychain-unavailable', as all methods do. */
  read(account: string, patience?: Patience): Promise<string | undefined>;
  write(account: string, value: string, patience?: Patience): Promise<void>;
  /** Removing an item that does not exist is not a failure. */
  remove(account: string): Promise<void>;
}

/** How long to wait if a person has to answer the keychain's own question. */
export interface Patience {
  readonly milliseconds: number;
}

export interface KeychainOptions {
  /** The program that talks to the keychain (keychain-child.ts, or its bundle). */
  readonly childScript: string;
  readonly node?: string;
  readonly deadlineMilliseconds?: number;
  readonly env?: NodeJS.ProcessEnv;
}

const replySchema = z.union([
  z.object({ value: z.string().nullable() }),
  z.object({ error: z.string() }),
]);

/**
 * A keychain in a short-lived child process with a deadline: a message bus that never answers hangs
 * its caller forever, even `process.exit()`. Values go over pipes only.
 */
export function createKeychain(options: KeychainOptions): Keychain {
  const deadline = options.deadlineMilliseconds ?? 5000;
  const ask = async (request: object, patience?: Patience): Promise<string | undefined> => {
    const milliseconds = patience?.milliseconds ?? deadline;
    const reply = replySchema.safeParse(await runChild(options, request, milliseconds));
    if (!reply.success) throw unavailable('its answer is malformed');
    if ('error' in reply.data) throw unavailable(reply.data.error);
    return reply.data.value ?? undefined;
  };
  return {
    read: (account, patience) => ask({ operation: 'read', account }, patience),
    write: async (account, value, patience) => {
      await ask({ operation: 'write', account, value }, patience);
    },
    remove: async (account) => {
      await ask({ operation: 'remove', account });
    },
  };
}

function runChild(
  { childScript, node = process.execPath, env = process.env }: KeychainOptions,
  request: object,
  deadline: number,
): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const child = spawn(node, [childScript], {
      stdio: ['pipe', 'pipe', 'ignore'],
      env: environmentOf(env),
      windowsHide: true,
    });
    let reply = '';
    const timer = setTimeout(() => {
      child.kill('SIGKILL');
      reject(unavailable(`it did not answer within ${deadline / 1000} seconds`));
    }, deadline);
    child.on('error', (cause) => {
      clearTimeout(timer);
      reject(unavailable(`the program that asks it cannot be run: ${cause.message}`));
    });
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => (reply += chunk));
    child.on('close', () => {
      clearTimeout(timer);
      try {
        resolve(JSON.parse(reply));
      } catch {
        reject(unavailable('the program that asks it ended without an answer'));
      }
    });
    // A child that ends early closes the pipe; `close` handles that.
    child.stdin.on('error', () => undefined);
    child.stdin.end(JSON.stringify(request));
  });
}

/** The variables of a desktop session. Nothing else is passed on, least of all secrets. */
const passedOn =
  /^(DBUS_.*|XDG_.*|DISPLAY|WAYLAND_DISPLAY|XAUTHORITY|HOME|USER|LOGNAME|PATH|LANG|LC_.*|TMPDIR|TEMP|TMP|SYSTEMROOT|WINDIR|USERPROFILE|APPDATA|LOCALAPPDATA)$/i;

function environmentOf(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => passedOn.test(name)));
}

function unavailable(why: string): Problem {
  return new Problem('keychain-unavailable', {
    detail: `The keychain cannot be used: ${why.trim().replace(/\.$/, '')}.`,
    next:
      'Unlock the keychain of your desktop session, or set STINT_SECRETS=passphrase ' +
      'to protect the secrets with a passphrase instead.',
  });
}
