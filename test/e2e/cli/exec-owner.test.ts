import { access, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { callOwner } from '../../support/agent-process.ts';
import { computerForEachTest } from './computer.ts';
import { askingNode, askingPython, startStint } from './running-program.ts';

interface View {
  readonly status: string;
  readonly lastEnd?: { readonly reason: string };
}

describe('a program with a lease', () => {
  const computer = computerForEachTest();
  const session = () => computer.json<View>('session', 'show', 'anna');
  const shortLived = async (...more: readonly string[]) => {
    const user = await computer.addUser('anna');
    // With less than 15 minutes left botocore asks again at every request.
    const edit = ['session', 'edit', user.sessionId, '--token-seconds', '900', ...more];
    expect((await computer.stint(edit)).code).toBe(0);
    return user;
  };
  const python = (...flags: readonly string[]) =>
    startStint(computer.scratch, ['exec', ...flags, 'anna', '--', ...askingPython]);

  it.each([
    ['in its environment', []],
    // SDKs read the file again at each refresh, so long jobs use it.
    ['in a file', ['--token-file']],
  ])(
    'with a token %s continues when the agent is killed and another one takes over',
    async (_where, flags) => {
      const { arn } = await shortLived();
      const running = python(...flags);
      expect(await running.answerTo('who')).toContain(arn);
      const { pid } = await computer.json<{ pid: number }>('agent', 'status');
      process.kill(pid, 'SIGKILL');
      expect(await running.answerTo('again')).toContain('refused');
      expect((await computer.stint(['agent', 'start'])).code).toBe(0);
      expect(await running.answerTo('who')).toContain(arn);
      expect((await computer.stint(['rotate', 'anna'])).code).toBe(0);
      expect(await running.answerTo('who')).toContain(arn);
      running.endInput();
      expect(await running.ended).toEqual({ code: 0, signal: null });
      expect(await session()).toMatchObject({ status: 'inactive', lastEnd: { reason: 'stopped' } });
    },
  );

  it('outlives three rotations and two owners, as the same user each time, in two SDKs', async () => {
    const { arn } = await shortLived();
    // A job in a shell: boto3 in one process that stays, and the AWS CLI as another one at each line.
    const job = `while read -r line; do aws sts get-caller-identity --query Arn --output text; done`;
    const [stays, commands] = [
      python(),
      startStint(computer.scratch, ['exec', 'anna', '--', 'sh', '-c', job]),
    ];
    const keys: string[] = [];
    const ask = async () => {
      const [key = '', who] = (await stays.answerTo('who')).split(' ');
      keys.push(key);
      expect([who, await commands.answerTo('who')]).toEqual([arn, arn]);
    };
    const rotate = async () => {
      expect((await computer.stint(['rotate', 'anna'])).code).toBe(0);
    };
    await ask();
    await rotate();
    await ask();
    const { pid } = await computer.json<{ pid: number }>('agent', 'status');
    process.kill(pid, 'SIGKILL');
    expect((await computer.stint(['agent', 'start'])).code).toBe(0);
    await ask();
    await rotate();
    await ask();
    await rotate();
    await ask();
    // The new owner lends what the one before had; each rotation is another key.
    expect(new Set(keys).size).toBe(4);
    for (const program of [stays, commands]) {
      program.endInput();
      expect(await program.ended).toEqual({ code: 0, signal: null });
    }
  });

  it('gets the reason when its session is stopped, and its files are removed', async () => {
    const { arn } = await shortLived();
    const running = python();
    expect(await running.answerTo('who')).toContain(arn);
    const { items } = await leases();
    const tokenFile = join(computer.scratch.home, 'leases', items[0]?.leaseId ?? '', 'token');
    expect((await readFile(tokenFile, 'utf8')).length).toBe(43);
    expect((await computer.stint(['stop', 'anna'])).code).toBe(0);
    const refusal = await running.answerTo('again');
    expect(refusal).toContain('refused');
    expect(refusal).toContain('Session anna has ended (stopped)');
    running.endInput();
    await running.ended;
    await expect(access(tokenFile)).rejects.toThrow('ENOENT');
    // It was started for that program; what a person starts later is not stopped by it.
    expect((await computer.stint(['start', 'anna'])).code).toBe(0);
    expect((await session()).status).toBe('active');
  });

  it('that uses the AWS SDK for JavaScript is refused too, though that SDK hides the reason', async () => {
    await computer.addUser('anna');
    const waiting = startStint(computer.scratch, [
      ...['exec', 'anna', '--', 'sh', '-c', 'echo ready; read word; exec "$@"', 'sh'],
      ...askingNode,
    ]);
    await waiting.nextLine();
    await computer.stint(['stop', 'anna']);
    expect(await waiting.answerTo('go')).toContain('refused Could not load credentials');
  });

  it('leaves a session active that was active before, or that a person started meanwhile', async () => {
    await computer.addUser('anna');
    await computer.stint(['start', 'anna']);
    expect((await computer.stint(['exec', 'anna', '--', 'true'])).code).toBe(0);
    expect((await session()).status).toBe('active');
    await computer.stint(['stop', 'anna']);
    const running = startStint(computer.scratch, [
      ...['exec', 'anna', '--', 'sh', '-c', 'echo ready; read word'],
    ]);
    await running.nextLine();
    expect((await computer.stint(['start', 'anna'])).code).toBe(0);
    running.endInput();
    await running.ended;
    expect((await session()).status).toBe('active');
  });

  it('can use up the limit of leases; the run then accepts no more and ends with its last one', async () => {
    await shortLived('--delivery', 'endpoint-only', '--max-leases', '2');
    await computer.stint(['start', 'anna']);
    const running = startStint(computer.scratch, [
      ...['exec', 'anna', '--', 'sh', '-c', 'echo ready; read word'],
    ]);
    await running.nextLine();
    expect((await computer.stint(['exec', 'anna', '--', 'true'])).code).toBe(0);
    const refused = await computer.stint(['exec', 'anna', '--', 'true']);
    expect(refused.code).toBe(1);
    expect(refused.stderr).toContain('is 2 leases in all');
    expect((await session()).status).toBe('active');
    const shown = await computer.stint(['session', 'show', 'anna']);
    expect(shown.stdout).toMatch(/^leases +exec sh \(pid \d+, 0 uses\)$/m);
    running.endInput();
    await running.ended;
    expect(await session()).toMatchObject({
      status: 'inactive',
      lastEnd: { reason: 'lease-limit' },
    });
  });

  async function leases() {
    const { sessionId } = await computer.json<{ sessionId: string }>('session', 'show', 'anna');
    const answer = await callOwner(computer.scratch, 'GET', `/v1/sessions/${sessionId}/leases`);
    return answer.json<{ items: { leaseId: string }[] }>();
  }
});
