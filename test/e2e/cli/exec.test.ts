import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { accountId, computerForEachTest } from './computer.ts';
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

  it('with --process gives a profile that leads to the credentials by itself, without a secret on disk', async () => {
    const { arn } = await computer.addUser('anna');
    const show = `const { AWS_CONFIG_FILE: file, ...env } = process.env;
      const names = Object.keys(env).filter((name) => name.includes('CONTAINER'));
      const config = require('fs').readFileSync(file, 'utf8');
      console.log(JSON.stringify({ names, config }));`;
    const run = (...line: string[]) =>
      computer.stint(['exec', '--process', 'anna', '--', ...line], {
        env: { AWS_CONTAINER_AUTHORIZATION_TOKEN: 'of another' },
      });
    const shown = await run(process.execPath, '-e', show);
    const seen = JSON.parse(shown.stdout) as { names: string[]; config: string };
    expect(seen.names).toEqual([]);
    expect(seen.config).toMatch(
      /^credential_process = \S+ \S+stint\.cjs credentials --lease [\w-]+$/m,
    );
    expect((await run(...askingNode)).stdout).toBe(`${arn}\n`);
    const inPython = await run('aws', 'sts', 'get-caller-identity', '--output', 'text');
    expect(inPython.stdout.split('\t')[1]?.trim()).toBe(arn);
    expect(await session()).toMatchObject({ status: 'inactive' });
    const lease = /--lease (\S+)/.exec(seen.config)?.[1] ?? '';
    const late = await computer.stint(['credentials', '--lease', lease]);
    expect(late).toMatchObject({ code: 1, stdout: '' });
    expect(late.stderr).toContain('Session anna has ended');
    const both = ['exec', '--process', '--token-file', 'anna', '--', 'true'];
    expect((await computer.stint(both)).code).toBe(2);
  });

  it('gives a program no more than the policies for it allow, and shows them in session show', async () => {
    const { arn, sessionId } = await computer.addUser('anna');
    const roleArn = `arn:aws:iam::${accountId}:role/reader-${sessionId}`;
    const deeperArn = `arn:aws:iam::${accountId}:role/deeper-${sessionId}`;
    await computer.admin.createRole({ roleArn, principals: [arn] });
    await computer.admin.createRole({ roleArn: deeperArn, principals: [roleArn] });
    const chained = ['--parent-session-id', sessionId, '--role-arn', roleArn];
    await computer.stint([
      ...['session', 'add', 'awsIamRoleChained', '--name', 'reader', ...chained],
      ...['--role-session-name', 'anna', '--region', 'eu-west-1'],
    ]);
    const file = join(computer.scratch.folder, 'policy.json');
    const allowed = { Effect: 'Allow', Action: 'sts:AssumeRole', Resource: deeperArn };
    await writeFile(file, JSON.stringify({ Statement: allowed }, undefined, 2));
    const assume = ['aws', 'sts', 'assume-role', '--role-session-name', 'deeper', '--role-arn'];
    const exec = (...flags: string[]) =>
      computer.stint(['exec', ...flags, 'reader', '--', ...assume, deeperArn]);
    expect(await exec('--policy', file, '--process')).toMatchObject({ code: 0 });
    const reads = await exec('--read-only');
    expect(reads.code).not.toBe(0);
    expect(reads.stderr).toContain('because no session policy allows the sts:AssumeRole action');

    const shown = await computer.stint(
      ['exec', '--policy-arn', 'arn:aws:iam::aws:policy/ReadOnlyAccess', 'anna', '--'].concat(
        ...['sh', '-c', '"$@" session show anna; aws sts get-caller-identity', 'sh'],
        ...[process.execPath, join(import.meta.dirname, '..', '..', '..', 'bin', 'stint.js')],
      ),
    );
    expect(shown.stdout).toMatch(
      /^leases +exec sh \(pid \d+, 0 uses, limited to ReadOnlyAccess\)$/m,
    );
    expect(shown.stdout).toContain(':federated-user/anna"');
  });

  it('refuses to narrow what AWS does not narrow before anything starts', async () => {
    await computer.addUser('anna', { mfa: true });
    const refused = await computer.stint(['exec', '--read-only', 'anna', '--', 'true']);
    expect(refused.code).toBe(2);
    expect(refused.stderr).toContain('GetFederationToken');
    expect(await session()).toMatchObject({ status: 'inactive' });
    const noFile = await computer.stint(['exec', '--policy', 'missing.json', 'anna', '--', 'true']);
    expect(noFile).toMatchObject({ code: 2, stdout: '' });
    expect(noFile.stderr).toContain('missing.json');
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
