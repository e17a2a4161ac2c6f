import { spawn } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';
import {
  connectAdmin,
  type AdminClient,
  type CreatedUser,
} from '../../../practice-cloud/admin-client.ts';
import { startPracticeCloud, type PracticeCloud } from '../../../practice-cloud/practice-cloud.ts';
import { scratchComputer, type ScratchComputer } from '../../support/agent-process.ts';

const root = join(import.meta.dirname, '..', '..', '..');
const ownCommand = join(root, 'bin', 'stint.js');
export const accountId = '447109328810';

export interface Ran {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  /** What is piped in. */
  readonly input?: string;
  readonly env?: NodeJS.ProcessEnv;
  /** Another Node than that of the tests. */
  readonly node?: string;
  /** Another copy of `bin/stint.js`. */
  readonly command?: string;
}

/** What somebody at a terminal does: waits for words to appear, then types. */
export interface Typing {
  readonly after: string;
  readonly type: string | (() => Promise<string>);
}

export interface Computer {
  readonly scratch: ScratchComputer;
  readonly admin: AdminClient;
  /** Runs `stint` with pipes, as a script does. */
  stint(args: readonly string[], options?: RunOptions): Promise<Ran>;
  /** Runs `stint` on a terminal; `stdout` holds everything it showed. */
  atTerminal(
    args: readonly string[],
    typing?: readonly Typing[],
    env?: NodeJS.ProcessEnv,
  ): Promise<Ran>;
  /** Runs another program on a terminal of 80 columns, with `stint` in its PATH. */
  programAtTerminal(line: string, typing: readonly Typing[]): Promise<Ran>;
  /** Runs `stint` and reads what it printed as JSON; fails where it ends with anything but 0. */
  json<T>(...args: readonly string[]): Promise<T>;
  /** A user in the practice cloud and a session for them, named like them. Its id. */
  addUser(
    userName: string,
    options?: { readonly mfa?: boolean },
  ): Promise<CreatedUser & { sessionId: string }>;
  credentialsFile(): Promise<string>;
}

export interface ComputerOptions {
  /** The content of the credentials file before. */
  readonly credentials?: string;
  /** Azure is there under Microsoft's own names, instead of as a private cloud. */
  readonly publicAzure?: boolean;
}

/** A fresh computer for each test of the file, and one practice cloud for all of them. */
export function computerForEachTest(options: ComputerOptions = {}): Computer {
  let cloud: PracticeCloud | undefined;
  let admin: AdminClient | undefined;
  let scratch: ScratchComputer | undefined;

  beforeAll(async () => {
    cloud = await startPracticeCloud();
    admin = connectAdmin(cloud);
  });
  afterAll(async () => {
    await cloud?.close();
  });
  beforeEach(async () => {
    // What a test before has changed does not count any more.
    await there(admin).resetOverrides();
    await there(admin).setOverrides({ totpWindowSteps: 8 });
    const { stsEndpoint, ssoEndpoint, signinEndpoint } = there(cloud);
    scratch = await scratchComputer({
      stsEndpoint,
      ssoEndpoint,
      signinEndpoint,
      azure: there(cloud),
      ...options,
    });
  });
  afterEach(async () => {
    await scratch?.endAgent();
    await scratch?.remove();
  });

  async function stint(args: readonly string[], options: RunOptions = {}) {
    const { input = '', env = {}, node = process.execPath, command = ownCommand } = options;
    return await run(node, [command, ...args], {
      input: [{ after: '', type: input }],
      env: { ...there(scratch).env, ...env },
      cwd: there(scratch).folder,
    });
  }

  return {
    get scratch() {
      return there(scratch);
    },
    get admin() {
      return there(admin);
    },
    stint,
    async atTerminal(args, typing = [], env = {}) {
      // util-linux's script gives the command its own terminal; -e passes its exit code on.
      // Its shell gives way to the command, so that Ctrl-C reaches nobody else.
      const line = `exec ${[process.execPath, ownCommand, ...args].map(quoted).join(' ')}`;
      return await run('script', ['-qefc', line, '/dev/null'], {
        input: typing,
        keepOpen: true,
        env: { ...there(scratch).env, TERM: 'xterm', ...env },
        cwd: there(scratch).folder,
      });
    },
    async programAtTerminal(line, typing) {
      const { folder, env } = there(scratch);
      const bin = join(folder, 'path');
      await mkdir(bin, { recursive: true });
      const program = `#!/bin/sh\nexec ${quoted(process.execPath)} ${quoted(ownCommand)} "$@"\n`;
      await writeFile(join(bin, 'stint'), program, { mode: 0o755 });
      return await run('script', ['-qefc', `stty cols 80 rows 24; exec ${line}`, '/dev/null'], {
        input: typing,
        keepOpen: true,
        env: { ...env, TERM: 'xterm', LANG: 'C.UTF-8', PATH: `${bin}:${String(env['PATH'])}` },
        cwd: folder,
      });
    },
    async json<T>(...args: readonly string[]) {
      const ran = await stint([...args, '--json']);
      if (ran.code !== 0)
        throw new Error(`stint ${args.join(' ')}: ${String(ran.code)} ${ran.stderr}`);
      return JSON.parse(ran.stdout) as T;
    },
    async addUser(userName, { mfa = false } = {}) {
      const user = await there(admin).createUser({
        accountId,
        userName: `${userName}-${Math.random().toString(36).slice(2)}`,
        mfa,
      });
      const { accessKeyId, secretAccessKey, mfaSerial } = user;
      const added = await stint(['session', 'add', '--from-json', '-'], {
        input: JSON.stringify({
          type: 'awsIamUser',
          sessionName: userName,
          region: 'eu-west-1',
          ...(mfaSerial === undefined ? {} : { mfaSerial }),
          secrets: { accessKeyId, secretAccessKey },
        }),
      });
      if (added.code !== 0) throw new Error(added.stderr);
      return { ...user, sessionId: added.stdout.trim() };
    },
    credentialsFile: () => readFile(there(scratch).credentialsFile, 'latin1'),
  };
}

/** How long a program may take to show what the next step waits for, in milliseconds. */
const stepPatience = 120_000;

function there<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('This is there only inside a test.');
  return value;
}

function quoted(word: string): string {
  return `'${word.replaceAll("'", String.raw`'\''`)}'`;
}

async function run(
  program: string,
  args: readonly string[],
  options: {
    readonly input: readonly Typing[];
    readonly keepOpen?: boolean;
    readonly env: NodeJS.ProcessEnv;
    readonly cwd: string;
  },
): Promise<Ran> {
  const child = spawn(program, args, { env: options.env, cwd: options.cwd });
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  let [stdout, stderr, seen] = ['', '', 0];
  let check = (): void => undefined;
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
    check();
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  child.stdin.on('error', () => undefined);
  for (const { after, type } of options.input) {
    const shown = new Promise<void>((resolve) => {
      check = () => {
        const at = stdout.indexOf(after, seen);
        if (at < 0) return;
        seen = at + after.length;
        resolve();
      };
      check();
    });
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(() => {
        child.kill('SIGKILL');
        const showed = stdout.slice(-2000);
        reject(new Error(`${program} ${args.join(' ')} never showed "${after}", but: ${showed}`));
      }, stepPatience);
    });
    await Promise.race([shown, ended, late]).finally(() => {
      clearTimeout(timer);
    });
    child.stdin.write(typeof type === 'string' ? type : await type());
  }
  if (options.keepOpen !== true) child.stdin.end();
  const code = await ended;
  return { code, stdout, stderr };
}
