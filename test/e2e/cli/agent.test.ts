import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { startAgentProcess } from '../../support/agent-process.ts';
import { computerForEachTest } from './computer.ts';

interface Owner {
  readonly pid: number;
  readonly version: string;
  readonly port?: number;
  readonly vault: { readonly locked: boolean; readonly method: string };
}

describe('stint agent', () => {
  const computer = computerForEachTest();

  it('runs in the background from `start` to `stop`, and says so', async () => {
    expect(await computer.stint(['agent', 'status'])).toMatchObject({ code: 5, stdout: '' });
    const started = await computer.stint(['agent', 'start']);
    expect(started).toMatchObject({ code: 0, stdout: '' });
    expect(started.stderr).toMatch(/is running, pid \d+\n$/);

    const status = await computer.stint(['agent', 'status']);
    expect(status.code).toBe(0);
    expect(status.stdout).toMatch(/^pid +\d+$/m);
    expect(status.stdout).toMatch(/^vault +unlocked$/m);

    const stopped = await computer.stint(['agent', 'stop']);
    expect(stopped).toMatchObject({ code: 0, stdout: '' });
    expect(stopped.stderr).toMatch(/has stopped/);
    expect((await computer.stint(['agent', 'status'])).code).toBe(5);
  });

  it('stops without an error if none is running', async () => {
    expect(await computer.stint(['agent', 'stop'])).toMatchObject({
      code: 0,
      stderr: 'No agent is running.\n',
    });
  });

  it('is started by any other command that needs it', async () => {
    expect((await computer.stint(['session', 'list', '--json'])).stdout).toBe('[]\n');
    expect((await computer.stint(['agent', 'status'])).code).toBe(0);
  });

  it('runs once, even if two commands start it at the same time', async () => {
    const runs = await Promise.all(
      ['list', 'list', 'list'].map((what) => computer.stint(['session', what])),
    );
    expect(runs.map(({ code, stderr }) => [code, stderr])).toEqual(
      Array(3).fill([0, 'There are no sessions yet. Add one: stint session add --help\n']),
    );
  });

  it('does not start beside a running owner: names it and ends with 0', async () => {
    await computer.stint(['agent', 'start']);
    const { pid, version } = await computer.json<Owner>('agent', 'status');
    const words = `owned by pid ${pid}, version ${version}\n`;
    expect(await computer.stint(['agent'])).toMatchObject({ code: 0, stderr: words });
    expect(await computer.stint(['agent', 'start'])).toMatchObject({ code: 0, stderr: words });
    expect((await computer.json<Owner>('agent', 'status')).pid).toBe(pid);
  });

  it('runs in the foreground until a signal ends it, and stops its sessions', async () => {
    const agent = await startAgentProcess(computer.scratch);
    expect(agent.stderr()).toMatch(/^stint agent \S+ is running, pid \d+\n$/);
    await computer.addUser('anna');
    expect((await computer.stint(['start', 'anna'])).code).toBe(0);
    await agent.kill('SIGTERM');
    expect(agent.child.exitCode).toBe(0);
    await expect(computer.credentialsFile()).rejects.toMatchObject({ code: 'ENOENT' });
    expect((await computer.stint(['agent', 'status'])).code).toBe(5);
  });

  it('that was killed is replaced by the next command, with the sessions it had', async () => {
    await computer.addUser('anna');
    const { pid } = await computer.json<Owner>('agent', 'status');
    process.kill(pid, 'SIGKILL');
    const listed = await computer.stint(['session', 'list']);
    expect(listed).toMatchObject({ code: 0, stderr: '' });
    expect(listed.stdout).toMatch(/^inactive +anna /m);
    expect((await computer.json<Owner>('agent', 'status')).pid).not.toBe(pid);
  });

  it('listens on loopback when asked', async () => {
    await computer.stint(['agent', 'start', '--port', '0']);
    const { port } = await computer.json<Owner>('agent', 'status');
    const answer = await fetch(`http://127.0.0.1:${String(port)}/v1/healthz`);
    expect(await answer.json()).toMatchObject({ status: 'ok' });
  });

  it('refuses an invalid port', async () => {
    expect((await computer.stint(['agent', 'start', '--port', 'web'])).code).toBe(2);
  });

  it.runIf(process.platform === 'linux')(
    'gets the passphrase from a pipe: no environment and no argument list contains it',
    async () => {
      await computer.stint(['agent', 'start']);
      const { pid, vault } = await computer.json<Owner>('agent', 'status');
      expect(vault).toMatchObject({ locked: false, method: 'passphrase' });
      const passphrase = computer.scratch.env['STINT_PASSPHRASE'];
      for (const file of ['environ', 'cmdline']) {
        const told = await readFile(`/proc/${pid}/${file}`, 'latin1');
        expect(told).not.toContain(passphrase);
      }
    },
  );

  it.runIf(process.platform !== 'win32')(
    'works in a home whose path is too long for a socket, from before its start to after its end',
    async () => {
      const home = join(computer.scratch.folder, 'h'.repeat(100));
      const env = { STINT_HOME: home };
      expect((await computer.stint(['agent', 'status'], { env })).code).toBe(5);
      expect(await computer.stint(['session', 'list', '--json'], { env })).toMatchObject({
        code: 0,
        stdout: '[]\n',
      });
      const recorded = await readFile(join(home, 'agent.json'), 'utf8');
      const { socket } = JSON.parse(recorded) as { readonly socket: string };
      expect(Buffer.byteLength(socket)).toBeLessThan(104);
      const stopped = await computer.stint(['agent', 'stop'], { env });
      expect(stopped.stderr).toMatch(/has stopped/);
      expect(stopped.code).toBe(0);
      await expect(stat(socket)).rejects.toMatchObject({ code: 'ENOENT' });
    },
  );

  it('says why it cannot start, and the command ends with 5', async () => {
    const notAFolder = join(computer.scratch.folder, 'a-file');
    await writeFile(notAFolder, '');
    const ran = await computer.stint(['session', 'list'], {
      env: { STINT_HOME: join(notAFolder, 'stint') },
    });
    expect(ran).toMatchObject({ code: 5, stdout: '' });
    expect(ran.stderr).toMatch(/^stint: The agent could not be started: /);
  });

  it('with a locked vault lists and stops sessions, and says what the rest waits for', async () => {
    const locked = { STINT_PASSPHRASE: '' };
    expect((await computer.stint(['session', 'list'], { env: locked })).code).toBe(0);
    const added = await computer.stint(['session', 'add', '--from-json', '-'], {
      env: locked,
      input: JSON.stringify({ type: 'awsIamUser', sessionName: 'anna', region: 'eu-west-1' }),
    });
    expect(added).toMatchObject({ code: 4, stdout: '' });
    const answered = await computer.stint(['prompt', 'answer'], {
      env: locked,
      input: 'correct horse battery staple\n',
    });
    expect(answered).toMatchObject({ code: 0, stderr: 'The vault is unlocked.\n' });
    expect((await computer.stint(['prompt', 'list'])).stderr).toBe('No question is open.\n');
  });
});
