import { readdirSync, readFileSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { eventually } from '../../support/scratch-owner.ts';
import { computerForEachTest } from './computer.ts';
import { startStint } from './running-program.ts';

const shell = (script: string) => ['exec', 'anna', '--', 'sh', '-c', script];

/** Linux, proc_pid_stat(5): R running, S sleeping, T stopped. */
const stateOf = async (pid: number | string) => {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  return stat.slice(stat.lastIndexOf(')') + 2, stat.lastIndexOf(')') + 3);
};

describe('a program that stint exec runs', () => {
  const computer = computerForEachTest();
  const status = async () =>
    (await computer.json<{ status: string }>('session', 'show', 'anna')).status;

  it('ends stint with its exit code, or 128 plus the number of its signal', async () => {
    await computer.addUser('anna');
    expect((await computer.stint(shell('exit 7'))).code).toBe(7);
    expect((await computer.stint(shell('kill -9 $$'))).code).toBe(137);
    expect((await computer.stint(shell('kill -TERM $$'))).code).toBe(143);
    const missing = await computer.stint(['exec', 'anna', '--', 'no-such-program']);
    expect(missing).toMatchObject({
      code: 127,
      stderr: 'stint: There is no program no-such-program.\n',
    });
    const file = join(computer.scratch.folder, 'plain');
    await writeFile(file, 'no program\n', { mode: 0o600 });
    expect((await computer.stint(['exec', 'anna', '--', file])).code).toBe(126);
    expect(await status()).toBe('inactive');
  });

  it('gets the pipes to the last byte, and its arguments unchanged', async () => {
    await computer.addUser('anna');
    const input = 'line of some length\n'.repeat(250_000);
    const copied = await computer.stint(['exec', 'anna', '--', 'cat'], { input });
    expect(copied.stdout === input).toBe(true);
    const words = ['a b', '$HOME', '--', '', '*', "it's"];
    const { stdout, stderr } = await computer.stint([
      ...['exec', 'anna', '--', process.execPath, '-e'],
      'console.log(JSON.stringify(process.argv.slice(1))); console.error("to stderr")',
      '--',
      ...words,
    ]);
    expect(JSON.parse(stdout)).toEqual(words);
    expect(stderr).toBe('to stderr\n');
  });

  it.each(['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT', 'SIGUSR1'] as const)(
    'is sent %s when stint is',
    async (signal) => {
      await computer.addUser('anna');
      const name = signal.slice(3);
      const running = startStint(
        computer.scratch,
        shell(`trap 'echo got ${name}; exit 3' ${name}; echo ready; while :; do sleep 0.05; done`),
      );
      expect(await running.nextLine()).toBe('ready');
      running.kill(signal);
      expect(await running.nextLine()).toBe(`got ${name}`);
      expect(await running.ended).toEqual({ code: 3, signal: null });
      expect(await status()).toBe('inactive');
    },
  );

  it('is suspended and continued together with stint', async ({ skip }) => {
    skip(isGroupOrphaned(), 'the system drops SIGTSTP for this process group');
    await computer.addUser('anna');
    const running = startStint(computer.scratch, shell('echo $$; read word; echo "$word"'));
    const pid = await running.nextLine();
    running.kill('SIGTSTP');
    await eventually(
      () => stateOf(pid),
      (state) => state === 'T',
    );
    await eventually(
      () => stateOf(running.pid),
      (state) => state === 'T',
    );
    running.kill('SIGCONT');
    await eventually(
      () => stateOf(pid),
      (state) => state === 'S',
    );
    expect(await running.answerTo('on')).toBe('on');
    expect(await running.ended).toEqual({ code: 0, signal: null });
  });

  it('gets Ctrl-C of the terminal once, and decides what it means', async () => {
    await computer.addUser('anna');
    const counting = `process.on('SIGINT', () => console.log('int')); console.log('ready');
      process.stdin.once('data', () => process.exit(5));`;
    const ran = await computer.atTerminal(
      ['exec', 'anna', '--', process.execPath, '-e', counting],
      [
        { after: 'ready', type: '\x03' },
        { after: 'int', type: '\r' },
      ],
    );
    expect(ran.code).toBe(5);
    expect(ran.stdout.match(/int/g)).toHaveLength(1);
  });

  it('shows no token in the arguments of any process', async () => {
    await computer.addUser('anna');
    const running = startStint(
      computer.scratch,
      shell('echo $AWS_CONTAINER_AUTHORIZATION_TOKEN $$; read word'),
    );
    const [token = '', pid = ''] = (await running.nextLine()).split(' ');
    for (const one of [pid, String(running.pid)]) {
      expect(await readFile(`/proc/${one}/cmdline`, 'utf8')).not.toContain(token);
    }
    expect(await readFile(`/proc/${running.pid}/environ`, 'utf8')).not.toContain(token);
    await running.answerTo('').catch(() => undefined);
    await running.ended;
  });

  it('ends its lease, and the session with it, when stint is killed', async () => {
    const { sessionId } = await computer.addUser('anna');
    const running = startStint(computer.scratch, shell('echo ready; sleep 60'));
    await running.nextLine();
    running.kill('SIGKILL');
    expect((await running.ended).signal).toBe('SIGKILL');
    // The owner looks for processes that are gone every 15 seconds.
    await expect.poll(status, { interval: 500 }).toBe('inactive');
    const items = await computer.json<{ kind: string; message?: string }[]>(
      'history',
      '--session',
      sessionId,
    );
    expect(items.find(({ kind }) => kind === 'lease-closed')?.message).toBe(
      'exec sh: process-gone',
    );
  });
});

/**
 * Whether no process of our group has a parent of the same session in another group, as CI may run the
 * tests: the system then drops SIGTSTP (POSIX, "Orphaned Process Group"). It becomes so when the shell
 * ends that started the tests, so it is asked right before it matters.
 */
function isGroupOrphaned(): boolean {
  const own = processOf('self');
  const members = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return !members.map(processOf).some((member) => {
    if (member?.group !== own?.group) return false;
    const parent = processOf(member?.parent ?? '');
    return parent?.session === own?.session && parent?.group !== own?.group;
  });
}

/** Linux, proc_pid_stat(5); undefined for a process that has ended. */
function processOf(pid: string) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const [, parent, group, session] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return { parent, group, session };
  } catch {
    return undefined;
  }
}
