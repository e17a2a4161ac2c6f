import { execFile, spawnSync } from 'node:child_process';
import { stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { computerForEachTest } from './computer.ts';

const command = join(import.meta.dirname, '..', '..', '..', 'bin', 'stint.js');
const leftOver =
  '[default]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = wJalrXUtnFEMIK7MDENGbPxRfiCYEXAMPLEKEY\n';

describe('stint env', () => {
  const computer = computerForEachTest({ credentials: leftOver });

  /** What a person types into bash; `stint` is the command. */
  async function inBash(script: string, env: NodeJS.ProcessEnv = {}) {
    const stint = `stint() { ${JSON.stringify(process.execPath)} ${JSON.stringify(command)} "$@"; }`;
    return await new Promise<{ code: unknown; stdout: string; stderr: string }>((resolve) => {
      const child = execFile(
        'bash',
        ['--norc', '-c', `${stint}\n${script}`],
        {
          env: { ...computer.scratch.env, SHELL: '/bin/bash', ...env },
          cwd: computer.scratch.folder,
        },
        (error, stdout, stderr) => {
          resolve({ code: error === null ? 0 : error.code, stdout, stderr });
        },
      );
      child.stdin?.end();
    });
  }
  const who = 'aws sts get-caller-identity --query Arn --output text';

  it('makes a shell use the session instead of what it had, until the session is stopped', async () => {
    const { arn } = await computer.addUser('anna');
    await computer.stint(['start', 'anna']);
    const foreign = {
      AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE',
      AWS_SECRET_ACCESS_KEY: 'x',
      AWS_DEFAULT_PROFILE: 'other',
    };
    const used = await inBash(
      `eval "$(stint env anna)" && ${who} && stint stop anna && ${who}`,
      foreign,
    );
    expect(used.stdout).toBe(`${arn}\n`);
    expect(used.stderr).toContain('Session anna has ended (stopped)');
    expect(used.code).not.toBe(0);
  });

  // Each starts another shell from bash, whose name SHELL has, as a person does.
  it.each([
    ['fish', 'stint env anna | source'],
    ['zsh', 'eval "$(stint env anna)"'],
    ['dash', 'eval "$(stint env anna)"'],
    ['tcsh', 'eval "`stint env anna`"'],
  ])('writes the language of %s if that is the shell that asks', async (program, line) => {
    expect(spawnSync(program, [program === 'tcsh' ? '-fc' : '-c', 'true']).status).toBe(0);
    const { arn } = await computer.addUser('anna');
    await computer.stint(['start', 'anna']);
    const used = await inBash(
      `mkdir bin && printf '#!/bin/sh\\nexec %s %s "$@"\\n' "$NODE" "$COMMAND" > bin/stint && chmod +x bin/stint
       PATH="$PWD/bin:$PATH" ${program} ${program === 'tcsh' ? '-fc' : '-c'} '${line}; ${who}'`,
      {
        NODE: process.execPath,
        COMMAND: command,
        SHELL: program === 'fish' ? '/bin/bash' : '/usr/bin/fish',
        AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE',
        AWS_SECRET_ACCESS_KEY: 'x',
      },
    );
    expect(used).toEqual({ code: 0, stdout: `${arn}\n`, stderr: '' });
  });

  it('with --static prints the keys themselves, also for a shell that had the endpoint', async () => {
    const { arn } = await computer.addUser('anna');
    await writeFile(
      join(computer.scratch.folder, '.aws', 'config'),
      '[default]\nregion = us-west-2\n',
    );
    await computer.stint(['start', 'anna']);
    const used = await inBash(
      `eval "$(stint env anna)"; eval "$(stint env anna --static)" && ${who} &&
       env | grep -c -e AWS_CONTAINER -e AWS_PROFILE -e AWS_CONFIG_FILE; stint stop anna; ${who}`,
    );
    expect(used.stdout).toBe(`${arn}\n0\n${arn}\n`);
    expect(used.stderr).toMatch(/These keys of anna work until .*, even if you stop the session\./);
  });

  it('after --static, the endpoint takes over again', async () => {
    const { arn } = await computer.addUser('anna');
    await computer.stint(['start', 'anna']);
    const used = await inBash(
      `eval "$(stint env anna --static 2>/dev/null)"; eval "$(stint env anna)" && ${who} && echo "\${AWS_SECRET_ACCESS_KEY-none}"`,
    );
    expect(used).toMatchObject({ stdout: `${arn}\nnone\n`, stderr: '' });
  });

  it('never starts a session', async () => {
    await computer.addUser('anna');
    for (const flags of [[], ['--static']]) {
      const refused = await computer.stint(['env', 'anna', ...flags]);
      expect(refused).toMatchObject({ code: 1, stdout: '' });
      expect(refused.stderr).toContain('stint start');
    }
    expect((await computer.stint(['env', 'anna', '--shell', 'ksh'])).code).toBe(2);
  });

  it('opens a lease that lasts as long as the run', async () => {
    const { sessionId } = await computer.addUser('anna');
    await computer.stint(['start', 'anna']);
    const { stdout } = await computer.stint(['env', 'anna', '--shell', 'json', '--token-file']);
    const environment = JSON.parse(stdout) as Record<string, string | null>;
    expect(environment).toMatchObject({ AWS_ACCESS_KEY_ID: null, AWS_REGION: 'eu-west-1' });
    const tokenFile = environment['AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE'] ?? '';
    expect((await stat(tokenFile)).mode & 0o777).toBe(0o600);
    expect((await stat(environment['AWS_CONFIG_FILE'] ?? '')).mode & 0o777).toBe(0o600);
    await computer.stint(['stop', 'anna']);
    const items = await computer.json<{ kind: string; message?: string }[]>(
      ...['history', '--session', sessionId],
    );
    expect(
      items.filter(({ kind }) => kind.startsWith('lease-')).map(({ message }) => message),
    ).toEqual(['endpoint json: stopped', 'endpoint json']);
  });

  it('for docker names no file of this machine', async () => {
    await computer.addUser('anna');
    await computer.stint(['start', 'anna']);
    const { stdout } = await computer.stint(['env', 'anna', '--shell', 'docker']);
    expect(stdout.split('\n').map((line) => line.split('=')[0])).toEqual([
      'AWS_CONTAINER_CREDENTIALS_FULL_URI',
      'AWS_CONTAINER_AUTHORIZATION_TOKEN',
      'AWS_REGION',
      'AWS_DEFAULT_REGION',
      '',
    ]);
  });
});
