import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { computerForEachTest } from './computer.ts';

describe('stint --verbose', () => {
  const computer = computerForEachTest();
  const reasons = (stderr: string) =>
    stderr.split('\n').flatMap((line) => /^verbose: ([^/]*)$/.exec(line)?.[1] ?? []);

  it('says why a session token is issued, and why the next start needs none', async () => {
    await computer.addUser('anna');
    const first = await computer.stint(['start', 'anna', '--verbose']);
    expect(first.code).toBe(0);
    expect(first.stderr).toMatch(
      /^verbose: POST \/v1\/sessions\/[\da-f-]+\/start: 200 after \d+ ms$/m,
    );
    expect(reasons(first.stderr)).toEqual([
      'Stint has no session token of anna. Asking AWS for one.',
    ]);

    const rotated = await computer.stint(['rotate', 'anna', '--verbose']);
    expect(reasons(rotated.stderr)).toEqual([
      'A rotation replaces the session token of anna. Asking AWS for a new one.',
    ]);

    await computer.stint(['stop', 'anna']);
    const again = await computer.stint(['--verbose', 'start', 'anna']);
    expect(reasons(again.stderr)).toEqual([
      expect.stringMatching(/^The session token of anna expires in 1[12] h.*\. Using it\.$/),
    ]);
  });

  it('says why Stint asks, also for a start that waits for the answer', async () => {
    const user = await computer.addUser('anna', { mfa: true });
    const started = await computer.atTerminal(
      ['start', 'anna', '--verbose'],
      [
        {
          after: 'MFA code for anna: ',
          type: async () => `${await computer.admin.mfaCode(String(user.mfaSerial))}\r`,
        },
      ],
    );
    expect(started.code).toBe(0);
    expect(started.stdout).toContain('verbose: Stint has no session token of anna.');
    expect(started.stdout).toContain(
      'verbose: AWS issues a session token of anna only with an MFA code.',
    );
  });

  it('leaves the output of credential_process alone, and reports a missing agent', async () => {
    await computer.addUser('anna');
    await computer.stint(['start', 'anna']);
    const { stdout, stderr } = await computer.stint(['credentials', 'anna', '--verbose']);
    expect(JSON.parse(stdout)).toMatchObject({ Version: 1 });
    expect(stderr).toMatch(/\/credentials\?pid=\d+: 200 after /);

    await computer.stint(['agent', 'stop']);
    const status = await computer.stint(['agent', 'status', '--verbose']);
    expect(status.stderr).toMatch(
      /^verbose: GET \/v1\/owner: No agent is running\. after \d+ ms$/m,
    );
  });

  it('is not needed for the log to have the reason and the request', async () => {
    await computer.addUser('anna');
    await computer.stint(['start', 'anna']);
    const log = await readFile(join(computer.scratch.home, 'logs', 'stint.log'), 'utf8');
    const lines = log
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    const explained = lines.find(({ operation }) => operation === 'explain');
    expect(explained).toMatchObject({ reason: expect.stringContaining('anna') as string });
    const request = lines.find(({ operation }) => operation === 'api.startSession');
    expect(explained?.['requestId']).toBe(request?.['requestId']);
  });
});
