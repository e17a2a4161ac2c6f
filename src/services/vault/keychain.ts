import { spawn } from 'node:child_process';
import * as z from 'zod';
import { Problem } from '../../models/problem.ts';
import { isLockedAway } from './secret-service.ts';

/** The operating system's keychain: items of the service `stint`, by account. */
export interface Keychain {
  /**
   * Undefined if there is no such item. Throws Problem 'keychain-unavailable', as all other methods
   * do: for one that is locked, or that may be.
   */
  read(account: string, patience?: Patience): Promise<string | undefined>;
  write(account: string, value: string, patience?: Patience): Promise<void>;
  /** Removing an item that does not exist is not a failure. */
  remove(account: string): Promise<void>;
  /** Whether a person has to unlock it first; nobody is asked. Undefined if it cannot say. */
  isLocked(account: string): Promise<boolean | undefined>;
  /** The items of another program, which are only read. */
  ofService(service: string): Pick<Keychain, 'read'>;
}

/** How long to wait if a person has to answer the keychain's own question. */
export interface Patience {
  readonly milliseconds: number;
}

export interface KeychainOptions {
  /** The words that run the program that talks to the keychain: keychain-child.ts, or its bundle. */
  readonly child: readonly [string, ...string[]];
  readonly deadlineMilliseconds?: number;
  readonly env?: NodeJS.ProcessEnv;
  readonly platform?: NodeJS.Platform;
}

const ownService = 'stint';

/** In milliseconds: the program that asks has to start, which takes seconds right after a login. */
const usualDeadline = 20_000;

const replySchema = z.union([
  z.object({ value: z.string().nullable() }),
  z.object({ error: z.string() }),
]);

/**
 * A keychain in a short-lived child process with a deadline: a message bus that never answers hangs
 * its caller forever, even `process.exit()`. Values go over pipes only.
 */
export function createKeychain(options: KeychainOptions): Keychain {
  const deadline = options.deadlineMilliseconds ?? usualDeadline;
  const ask = async (
    service: string,
    request: object,
    patience?: Patience,
  ): Promise<string | undefined> => {
    const milliseconds = patience?.milliseconds ?? deadline;
    const reply = replySchema.safeParse(
      await runChild(options, { service, ...request }, milliseconds),
    );
    if (!reply.success) throw unavailable('its answer is malformed');
    if ('error' in reply.data) throw unavailable(reply.data.error);
    return reply.data.value ?? undefined;
  };
  const { platform = process.platform, env = process.env } = options;
  const isLockedOf = async (service: string, account: string) =>
    platform === 'linux' ? await isLockedAway({ service, account }, environmentOf(env)) : undefined;
  const isLocked = (account: string) => isLockedOf(ownService, account);
  const readOf = async (service: string, account: string, patience?: Patience) => {
    const value = await ask(service, { operation: 'read', account }, patience);
    if (value !== undefined || platform !== 'linux') return value;
    // libsecret says the same of an item that is locked as of one that does not exist.
    if ((await isLockedOf(service, account)) === false) return undefined;
    throw locked();
  };
  return {
    isLocked,
    read: (account, patience) => readOf(ownService, account, patience),
    ofService: (service) => ({ read: (account, patience) => readOf(service, account, patience) }),
    write: async (account, value, patience) => {
      await ask(ownService, { operation: 'write', account, value }, patience).catch(
        async (error: unknown) => {
          throw (await isLocked(account)) === true ? locked() : error;
        },
      );
    },
    remove: async (account) => {
      await ask(ownService, { operation: 'remove', account });
    },
  };
}

function runChild(
  { child: [program, ...args], env = process.env }: KeychainOptions,
  request: object,
  deadline: number,
): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
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

/**
 * The variables of a desktop session, and where the single executable has its files. Nothing else is
 * passed on, least of all secrets.
 */
const passedOn =
  /^(STINT_HOME|DBUS_.*|XDG_.*|DISPLAY|WAYLAND_DISPLAY|XAUTHORITY|HOME|USER|LOGNAME|PATH|LANG|LC_.*|TMPDIR|TEMP|TMP|SYSTEMROOT|WINDIR|USERPROFILE|APPDATA|LOCALAPPDATA)$/i;

function environmentOf(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => passedOn.test(name)));
}

function locked(): Problem {
  return new Problem('keychain-unavailable', {
    detail: 'The keychain of your desktop session is locked, or has not been set up.',
    next: 'Unlock it there. Stint then continues by itself.',
  });
}

function unavailable(why: string): Problem {
  return new Problem('keychain-unavailable', {
    detail: `The keychain cannot be used: ${why.trim().replace(/\.$/, '')}.`,
    next:
      'Unlock the keychain of your desktop session, or set STINT_SECRETS=passphrase ' +
      'to protect the secrets with a passphrase instead.',
  });
}
