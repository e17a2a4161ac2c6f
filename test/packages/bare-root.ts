import { execFile, execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { globSync } from 'node:fs';
import { mkdtemp, readFile, readlink, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { onPath } from '../../scripts/test/prerequisites.ts';
import type { Ran } from '../e2e/cli/computer.ts';

const run = promisify(execFile);

/** The user of the bare root, who has no rights. */
const user = { name: 'anna', id: 1000, home: '/home/anna' } as const;

/** A Debian with nothing but apt, in its own mounts and processes, on this machine's network. */
export interface BareRoot {
  /** The folder in which the root is. */
  readonly folder: string;
  readonly home: string;
  asRoot(command: string, ...args: readonly string[]): Promise<string>;
  asUser(
    words: readonly string[],
    options?: { input?: string; env?: NodeJS.ProcessEnv },
  ): Promise<Ran>;
  /** Every file and folder, without /dev, /proc and /sys, logs, and the records of apt and dpkg. */
  files(): ReadonlySet<string>;
  /** The names of the processes that run in it. */
  processes(): Promise<string>;
  remove(): Promise<void>;
}

/** Root alone may make one, on Debian; installs the programs for that. */
export function canMakeBareRoot(): boolean {
  if (process.platform !== 'linux' || process.getuid?.() !== 0 || !onPath('apt-get')) return false;
  if (!['mmdebstrap', 'desktop-file-validate'].every(onPath)) {
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    const args = [
      '-qq',
      'install',
      '-y',
      '--no-install-recommends',
      'mmdebstrap',
      'desktop-file-utils',
    ];
    try {
      execFileSync('apt-get', args, { env, stdio: 'ignore' });
    } catch {
      return false;
    }
  }
  return true;
}

/** Takes half a minute or more. */
export async function makeBareRoot(): Promise<BareRoot> {
  const folder = await mkdtemp(join(tmpdir(), 'stint-root-'));
  const release = await readFile('/etc/os-release', 'utf8');
  const suite = /^VERSION_CODENAME=(\w+)/m.exec(release)?.[1] ?? 'bookworm';
  const debian = 'deb http://deb.debian.org/debian';
  await run(
    'mmdebstrap',
    ['--quiet', '--variant=apt', '--mode=root', suite, folder, `${debian} ${suite} main`],
    { maxBuffer: 2 ** 24 },
  );
  const machine = await startMachine(folder);
  const enter = ['--target', String(machine.pid), '--mount', '--pid', '--root'];
  const path = 'PATH=/usr/sbin:/usr/bin:/sbin:/bin';
  const asRoot = async (command: string, ...args: readonly string[]) => {
    const words = [
      'env',
      '--chdir=/root',
      '-i',
      path,
      'HOME=/root',
      'DEBIAN_FRONTEND=noninteractive',
    ];
    const { stdout } = await run('nsenter', [...enter, ...words, command, ...args]);
    return stdout;
  };
  await asRoot('useradd', '--create-home', '--uid', String(user.id), user.name);
  return {
    folder,
    home: join(folder, user.home),
    asRoot,
    async asUser(words, { input = '', env = {} } = {}) {
      const identity = ['--setuid', String(user.id), '--setgid', String(user.id)];
      const variables = Object.entries(env).map(([name, value]) => `${name}=${String(value)}`);
      const environment = [
        'env',
        '-i',
        path,
        `HOME=${user.home}`,
        `USER=${user.name}`,
        ...variables,
      ];
      const args = [...enter, ...identity, ...environment, ...words];
      const child = spawn('nsenter', args);
      const [out, error]: [string[], string[]] = [[], []];
      child.stdout.setEncoding('utf8').on('data', (text: string) => out.push(text));
      child.stderr.setEncoding('utf8').on('data', (text: string) => error.push(text));
      child.stdin.on('error', () => undefined);
      child.stdin.end(input);
      const [code] = (await once(child, 'close')) as [number | null];
      return { code, stdout: out.join(''), stderr: error.join('') };
    },
    files: () =>
      new Set(
        globSync('**/*', { cwd: folder }).filter(
          (file) =>
            !/^(dev|proc|sys|tmp|var\/(lib\/(apt|dpkg)|log|cache)|home\/anna\/\.config)(\/|$)/.test(
              file,
            ),
        ),
      ),
    processes: () => asRoot('sh', '-c', 'cat /proc/[0-9]*/cmdline | tr "\\0" " "'),
    async remove() {
      const ended = once(machine.keeper, 'exit');
      machine.keeper.kill('SIGKILL');
      await ended;
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** A process that keeps the root's mounts and processes; they all end with it. */
async function startMachine(
  folder: string,
): Promise<{ readonly keeper: ChildProcess; readonly pid: number }> {
  // It is ready once it is inside: a command that entered before would be on this machine itself.
  const inside = 'echo ready && exec sleep infinity';
  const script = `mount -t proc proc '${folder}/proc' && exec chroot '${folder}' sh -c '${inside}'`;
  const flags = ['--mount', '--pid', '--fork', '--kill-child', '--propagation', 'private'];
  const keeper = spawn('unshare', [...flags, 'sh', '-c', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(keeper.stdout, 'data');
  const children = `/proc/${String(keeper.pid)}/task/${String(keeper.pid)}/children`;
  const pid = Number((await readFile(children, 'utf8')).trim());
  const root = await readlink(`/proc/${pid}/root`);
  if (root !== folder) throw new Error(`the bare root of process ${pid} is ${root}`);
  return { keeper, pid };
}
