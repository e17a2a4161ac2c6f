import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { computerForEachTest } from './computer.ts';
import { askingNode, askingPython, startStint } from './running-program.ts';

const leftOver =
  '[default]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = wJalrXUtnFEMIK7MDENGbPxRfiCYEXAMPLEKEY\n';

interface View {
  readonly status: string;
  readonly lastEnd?: { readonly reason: string; readonly message: string };
}

describe('stint exec', () => {
  const computer = computerForEachTest({ credentials: leftOver });
  const session = () => computer.json<View>('session', 'show', 'anna');

  it('runs the AWS CLI as the session, despite the user’s own [default], and stops what it started', async () => {
    const { arn } = await computer.addUser('anna');
    const own = '[default]\nregion = us-west-2\noutput = text\nrole_arn = arn:aws:iam::1:role/x\n';
    await writeFile(join(computer.scratch.folder, '.aws', 'config'), own);
    const ran = await computer.stint(['exec', 'anna', '--', 'aws', 'sts', 'get-caller-identity']);
    expect(ran.stderr).toBe('');
    // The output format is that of the user's own [default].
    expect(ran.stdout.trim().split('\t')[1]).toBe(arn);
    expect(ran.code).toBe(0);
    expect(await session()).toMatchObject({ status: 'inactive', lastEnd: { reason: 'stopped' } });
    expect(await computer.credentialsFile()).toBe(leftOver);
  });

  it('keeps a program running through a rotation: the key changes, the process does not', async () => {
    const { sessionId, arn } = await computer.addUser('anna');
    // With less than 15 minutes left botocore asks again at every request.
    await computer.stint(['session', 'edit', sessionId, '--token-seconds', '900']);
    const python = startStint(computer.scratch, ['exec', 'anna', '--', ...askingPython]);
    const [before, first] = (await python.answerTo('who')).split(' ');
    const rotated = await computer.stint(['rotate', 'anna']);
    expect(rotated.code).toBe(0);
    const [after, second] = (await python.answerTo('who')).split(' ');
    expect([first, second]).toEqual([arn, arn]);
    expect(before).toMatch(/^ASIA/);
    expect(after).toMatch(/^ASIA/);
    expect(after).not.toBe(before);
    python.endInput();
    expect(await python.ended).toEqual({ code: 0, signal: null });
  });

  it('serves the AWS SDK for JavaScript with nothing but its own chain', async () => {
    const { arn } = await computer.addUser('anna');
    const { code, stdout } = await computer.stint(['exec', 'anna', '--', ...askingNode]);
    expect({ code, stdout }).toEqual({ code: 0, stdout: `${arn}\n` });
  });

  it('runs several sessions side by side, each as itself', async () => {
    const [anna, ben] = [await computer.addUser('anna'), await computer.addUser('ben')];
    const programs = ['anna', 'ben'].map((name) =>
      startStint(computer.scratch, ['exec', name, '--', ...askingPython]),
    );
    const arns = await Promise.all(programs.map((one) => one.answerTo('who')));
    expect(arns.map((line) => line.split(' ')[1])).toEqual([anna.arn, ben.arn]);
    for (const program of programs) program.endInput();
    await Promise.all(programs.map(({ ended }) => ended));
  });

  it('gives a program the endpoint, and nothing that leads elsewhere or is a secret of Stint', async () => {
    const { sessionId } = await computer.addUser('anna');
    const program = 'process.stdout.write(JSON.stringify(process.env))';
    const { stdout } = await computer.stint(
      ['exec', 'anna', '--', process.execPath, '-e', program],
      {
        env: {
          AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE',
          AWS_SECRET_ACCESS_KEY: 'x',
          AWS_PROFILE: 'other',
          AWS_DEFAULT_PROFILE: 'other',
          AWS_WEB_IDENTITY_TOKEN_FILE: '/x',
          AWS_CONTAINER_CREDENTIALS_RELATIVE_URI: '/x',
          STINT_SECRET_ACCESS_KEY: 'hidden',
          HTTPS_PROXY: 'http://127.0.0.1:1',
          NO_PROXY: 'corp.example',
        },
      },
    );
    const env = JSON.parse(stdout) as Record<string, string>;
    expect(env).toMatchObject({
      AWS_CONTAINER_CREDENTIALS_FULL_URI: expect.stringMatching(
        new RegExp(`^http://127\\.0\\.0\\.1:\\d+/credentials/${sessionId}$`),
      ) as string,
      AWS_REGION: 'eu-west-1',
      AWS_DEFAULT_REGION: 'eu-west-1',
      AWS_PROFILE: 'stint-anna',
      NO_PROXY: 'corp.example,127.0.0.1',
    });
    expect(env['AWS_CONTAINER_AUTHORIZATION_TOKEN']).toMatch(/^[\w-]{43}$/);
    for (const name of [
      'AWS_ACCESS_KEY_ID',
      'AWS_SECRET_ACCESS_KEY',
      'AWS_DEFAULT_PROFILE',
      'AWS_WEB_IDENTITY_TOKEN_FILE',
      'AWS_CONTAINER_CREDENTIALS_RELATIVE_URI',
      'STINT_PASSPHRASE',
      'STINT_SECRET_ACCESS_KEY',
    ]) {
      expect(env).not.toHaveProperty(name);
    }
  });

  it('moves the user’s own section aside only with --replace-section', async () => {
    const { sessionId, arn } = await computer.addUser('anna');
    await computer.stint(['session', 'edit', sessionId, '--profile', 'default']);
    const asking = ['--', ...askingNode];
    const refused = await computer.stint(['exec', 'anna', ...asking]);
    expect(refused).toMatchObject({ code: 4, stdout: '' });
    expect(refused.stderr).toContain('--replace-section');
    const ran = await computer.stint(['exec', '--replace-section', 'anna', ...asking]);
    expect(ran.stdout).toBe(`${arn}\n`);
    expect(await computer.credentialsFile()).toBe(leftOver);
  });

  it('fails with --no-start, ends with 4 if it needs an answer, and with 2 for a usage error', async () => {
    await computer.addUser('anna', { mfa: true });
    const refused = await computer.stint(['exec', '--no-start', 'anna', '--', 'true']);
    expect(refused.code).toBe(1);
    expect(refused.stderr).toContain('not active');
    const needed = await computer.stint(['exec', 'anna', '--', 'true']);
    expect(needed.code).toBe(4);
    expect(needed.stderr).toContain('stint prompt answer');
    for (const words of [['anna'], ['anna', '--'], ['anna', 'ben', '--', 'true']]) {
      expect((await computer.stint(['exec', ...words])).code).toBe(2);
    }
    expect((await computer.stint(['exec', 'nobody', '--', 'true'])).code).toBe(3);
  });

  it('asks the questions of a start at the terminal, then gives it to the program', async () => {
    const { mfaSerial } = await computer.addUser('anna', { mfa: true });
    const ran = await computer.atTerminal(
      [
        'exec',
        'anna',
        '--',
        'sh',
        '-c',
        'test -t 0 && test -t 1 && echo ready && read word && echo "got $word"',
      ],
      [
        {
          after: 'MFA code',
          type: async () => `${await computer.admin.mfaCode(mfaSerial ?? '')}\r`,
        },
        { after: 'ready', type: 'typed\r' },
      ],
    );
    expect(ran.stdout).toContain('got typed');
    expect(ran.code).toBe(0);
    expect((await session()).status).toBe('inactive');
  });
});
