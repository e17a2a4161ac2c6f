import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { searchedForSecrets } from '../../support/search-for-secrets.ts';
import { computerForEachTest } from './computer.ts';

interface Bundle {
  readonly versions: { readonly stint: string };
  readonly findings: readonly { readonly level: string; readonly what: string }[];
  readonly owner: { readonly unavailable?: string };
  readonly settings: { readonly defaultRegion?: string };
  readonly environment: readonly string[];
  readonly workspace: { readonly sessions: readonly { readonly mfaCommand?: readonly string[] }[] };
  readonly history: { readonly items: readonly { readonly kind: string }[] };
  readonly logs: Readonly<Record<string, readonly { readonly operation?: string }[]>>;
}

describe('stint support-bundle', () => {
  const computer = computerForEachTest();
  const bundleAt = async (path: string) => JSON.parse(await readFile(path, 'utf8')) as Bundle;

  it('writes state, history and logs to a file that only the user can read', async () => {
    await computer.addUser('anna');
    await computer.stint(['start', 'anna']);
    const { code, stdout, stderr } = await computer.stint(['support-bundle']);
    expect({ code, stderr }).toEqual({
      code: 0,
      stderr: 'It contains names of sessions, accounts and files. Read it before you share it.\n',
    });
    const path = stdout.trim();
    expect(path).toMatch(
      new RegExp(`^${computer.scratch.folder}/stint-support-\\d{4}-\\d\\d-\\d\\d-\\d{6}\\.json$`),
    );
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    const bundle = await bundleAt(path);
    expect(bundle.versions.stint).toMatch(/^\d+\.\d+\.\d+$/);
    expect(bundle.findings.map(({ what }) => what)).toContainEqual(
      expect.stringMatching(/^Agent \d/),
    );
    expect(bundle.settings.defaultRegion).toBe('eu-west-1');
    expect(bundle.environment).toContain('STINT_PASSPHRASE');
    expect(bundle.workspace.sessions).toMatchObject([{ sessionName: 'anna', status: 'active' }]);
    expect(bundle.history.items.map(({ kind }) => kind)).toContain('session-started');
    expect(bundle.logs['stint.log']?.map(({ operation }) => operation)).toContain(
      'api.startSession',
    );
  });

  it('contains no secret of the home, of the environment or of an MFA program', async () => {
    const { scratch } = computer;
    const user = await computer.addUser('anna');
    const seed = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP';
    const program = JSON.stringify(['/usr/bin/oathtool', '--totp', '-b', seed]);
    const clientSecret = 'hunter2-hunter2-hunter2';
    await computer.stint(['start', 'anna']);
    await computer.stint(['session', 'edit', 'anna', '--mfa-command', program]);
    await computer.stint(['stop', 'anna']);
    await computer.stint(['start', 'anna']);
    await computer.stint(
      ['integration', 'add', 'azure', '--name', 'corp', '--tenant-id', 'corp.example'].concat([
        '--client-id',
        '4f2a9c1e-7b3d-4e8a-9f10-2c5d6e7f8a9b',
        '--ask-client-secret',
      ]),
      { env: { STINT_CLIENT_SECRET: clientSecret } },
    );
    const lease = await computer.stint(['env', 'anna', '--shell', 'json']);
    const { AWS_CONTAINER_AUTHORIZATION_TOKEN: leaseToken } = JSON.parse(lease.stdout) as Record<
      string,
      string
    >;
    const keys = JSON.parse((await computer.stint(['credentials', 'anna'])).stdout) as Record<
      string,
      string
    >;
    const path = join(scratch.folder, 'bundle.json');
    expect((await computer.stint(['support-bundle', '--file', path])).code).toBe(0);
    expect((await bundleAt(path)).workspace.sessions[0]?.mfaCommand).toEqual([
      '/usr/bin/oathtool',
      '3 arguments omitted',
    ]);
    const content = new Map([['the support bundle', await readFile(path)]]);
    await searchedForSecrets(scratch, content, {
      'the secret access key': user.secretAccessKey,
      'the secret key issued': String(keys['SecretAccessKey']),
      'the session token': String(keys['SessionToken']),
      'the passphrase': String(scratch.env['STINT_PASSPHRASE']),
      'the client secret': clientSecret,
    });
    const text = await readFile(path, 'utf8');
    const ownerToken = (await readFile(join(scratch.home, 'token'), 'utf8')).trim();
    for (const secret of [seed, String(leaseToken), ownerToken, user.accessKeyId]) {
      expect(text).not.toContain(secret);
    }
  });

  it('overwrites no file, and reports an agent that cannot start', async () => {
    const path = join(computer.scratch.folder, 'bundle.json');
    await writeFile(path, 'mine');
    const refused = await computer.stint(['support-bundle', '--file', path]);
    expect([refused.code, refused.stderr]).toEqual([
      1,
      `stint: ${path} already exists.\nChoose another: --file FILE\n`,
    ]);
    expect(await readFile(path, 'utf8')).toBe('mine');

    await computer.stint(['agent', 'stop']);
    await writeFile(join(computer.scratch.home, 'workspace.json'), '{"version": 99}');
    const other = join(computer.scratch.folder, 'other.json');
    expect((await computer.stint(['support-bundle', '--file', other])).code).toBe(0);
    const bundle = await bundleAt(other);
    expect(bundle.owner.unavailable).toBe('No agent is running.');
    expect(bundle.findings.some(({ level }) => level === 'problem')).toBe(true);
    expect(bundle.workspace).toEqual({ version: 99 });
  });
});
