import { mkdtempSync, rmSync, writeFileSync, mkdirSync, chmodSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { EnvironmentRule } from '../../../src/models/environment-rules.ts';
import { checkAwsFile } from '../../../src/cli/doctor/aws-file.ts';
import { checkCertificates } from '../../../src/cli/doctor/certificates.ts';
import { checkHome, checkNode } from '../../../src/cli/doctor/machine.ts';
import { checkShellEnvironment } from '../../../src/cli/doctor/shell-environment.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'stint-doctor-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function awsFile(content: string, mode = 0o600): string {
  const path = join(folder, 'credentials');
  writeFileSync(path, content, { mode });
  chmodSync(path, mode);
  return path;
}

describe('an AWS file', () => {
  it('is fine with comments, nested blocks, CRLF and settings of any kind', () => {
    const path = awsFile(
      '# mine\r\n; too\r\n\r\n[a]\r\naws_access_key_id=x\r\ns3 =\r\n  max = 20\r\n[b]\nkey: value\n',
    );
    expect(checkAwsFile(path, { holdsSecrets: true })).toEqual([{ level: 'ok', what: path }]);
  });

  it('is fine with values that continue on deeper lines, whatever they look like', () => {
    const path = awsFile('[a]\ns3 =\n  [b]\n  = x\n  plain\n[c]\nk: v\n');
    expect(checkAwsFile(path, { holdsSecrets: true })).toEqual([{ level: 'ok', what: path }]);
  });

  it('may be missing', () => {
    expect(checkAwsFile(join(folder, 'none'), { holdsSecrets: true })[0]?.level).toBe('ok');
  });

  it.each([
    ['the same section twice', '[a]\nk=v\n\n[a]\nk=v\n', 'line 1 and again on line 4'],
    ['a byte order mark', '\u00ef\u00bb\u00bf[a]\nk=v\n', 'byte order mark'],
    ['a line of no known kind', '[a]\nk=v\nsecretvalue\n', 'line 3 '],
    ['a setting before any section', 'secret=value\n[a]\n', 'line 1 '],
    ['a setting without a name', '[a]\n= value\n', 'line 2 '],
    ['an indented section twice', '[a]\n\t[b]\nk=v\n[b]\n', 'line 2 and again on line 4'],
    [
      'a no-break space before a section',
      '[a]\nk=v\n[b]\n\u00c2\u00a0[a]\n',
      'line 1 and again on line 4',
    ],
    ['a bracket in a name', '[a]b]\nk=v\n[a]b]\n', 'section [a]b] is on line 1'],
  ])('with %s is a problem that names the line, not its value', (_what, content, named) => {
    const path = awsFile('');
    writeFileSync(path, content, 'latin1');
    const findings = checkAwsFile(path, { holdsSecrets: true });
    expect(findings.map(({ level }) => level)).toEqual(['problem']);
    expect(findings[0]?.what).toContain(named);
    expect(findings[0]?.fix).toBeTruthy();
    expect(JSON.stringify(findings)).not.toContain('value');
  });

  it('with secrets that other users can read is a hint', () => {
    const path = awsFile('[a]\n', 0o644);
    expect(checkAwsFile(path, { holdsSecrets: true })).toMatchObject([
      { level: 'hint', fix: `Protect it: chmod 600 ${path}` },
    ]);
    expect(checkAwsFile(path, { holdsSecrets: false })).toMatchObject([{ level: 'ok' }]);
  });
});

describe('the home', () => {
  it('is fine if only its user can read it', () => {
    expect(checkHome(folder)).toMatchObject([{ level: 'ok' }]);
  });

  it('names each file that others can read, and how to protect it', () => {
    chmodSync(folder, 0o755);
    mkdirSync(join(folder, 'logs'), { mode: 0o700 });
    for (const name of ['token', 'workspace.json', join('logs', 'stint.log')]) {
      writeFileSync(join(folder, name), '', { mode: 0o600 });
    }
    chmodSync(join(folder, 'token'), 0o640);
    expect(checkHome(folder).map(({ level, fix }) => [level, fix])).toEqual([
      ['problem', `Protect it: chmod 700 ${folder}`],
      ['problem', `Protect it: chmod 600 ${join(folder, 'token')}`],
    ]);
  });
});

describe('the shell', () => {
  const settings = {
    defaultRegion: 'eu-west-1',
    defaultLocation: 'eastus',
    defaultDelivery: 'credentials-file',
    profileNameTemplate: '{session}',
    environmentRules: [] as EnvironmentRule[],
    onQuit: 'stop-sessions',
    tokenKeyDays: 30,
    renewAfterExpiryHours: 12,
    maxExtendedSeconds: 604_800,
    limitWarningMinutes: 5,
    onLock: 'keep-sessions',
    onScreenLock: 'keep-sessions',
    openAtLogin: false,
    checkForUpdates: true,
    awsFileWrites: 'replace',
    consoleBrowser: 'default',
    awsCredentialsFile: join(homedir(), '.aws', 'credentials'),
    awsConfigFile: join(homedir(), '.aws', 'config'),
    azureConfigDir: join(homedir(), '.azure'),
  } as const;

  it('is fine if it uses the same files and endpoints as the agent', () => {
    expect(checkShellEnvironment({}, settings)).toMatchObject([{ level: 'ok' }]);
  });

  it('with its own keys is a problem, which does not show their values', () => {
    const findings = checkShellEnvironment(
      { AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE', AWS_SECRET_ACCESS_KEY: 'hunter2' },
      settings,
    );
    expect(findings).toMatchObject([
      {
        level: 'problem',
        fix: 'Remove them here: unset AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY',
      },
    ]);
    expect(JSON.stringify(findings)).not.toMatch(/AKIA|hunter2/);
  });

  it('that reads other files than the agent writes is a problem', () => {
    const findings = checkShellEnvironment({ AWS_SHARED_CREDENTIALS_FILE: '/x/creds' }, settings);
    expect(findings).toMatchObject([{ level: 'problem' }]);
    expect(findings[0]?.what).toContain('/x/creds');
  });

  it.each([
    [{ AWS_REGION: 'us-east-1' }, 'AWS_REGION is us-east-1'],
    [{ AWS_DEFAULT_REGION: 'us-east-1' }, 'AWS_DEFAULT_REGION is us-east-1'],
    [{ AWS_REGION: 'us-east-1', AWS_DEFAULT_REGION: 'eu-west-1' }, 'AWS_REGION is us-east-1'],
  ])('with %j, another region than the default one, is a hint', (env, named) => {
    const [finding, ...others] = checkShellEnvironment(env, settings);
    expect(finding).toMatchObject({
      level: 'hint',
      what: expect.stringContaining(named) as string,
      fix: 'Unset it, or: stint settings set default-region us-east-1',
    });
    expect(others).toEqual([]);
  });

  it.each([{ AWS_REGION: 'eu-west-1' }, { AWS_DEFAULT_REGION: 'eu-west-1' }])(
    'with %j, the default region, is fine',
    (env) => {
      expect(checkShellEnvironment(env, settings)).toMatchObject([{ level: 'ok' }]);
    },
  );

  it('with another endpoint than the agent is a hint, in both directions', () => {
    const other = { AWS_ENDPOINT_URL_STS: 'http://127.0.0.1:1' };
    expect(checkShellEnvironment(other, settings)).toMatchObject([{ level: 'hint' }]);
    expect(
      checkShellEnvironment({}, { ...settings, awsStsEndpointUrl: 'http://127.0.0.1:1' }),
    ).toMatchObject([{ level: 'hint' }]);
  });
});

describe('the certificates to trust in addition', () => {
  const pem = '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n';

  it('are not mentioned if there are none', () => {
    expect(checkCertificates({})).toEqual([]);
  });

  it('may be a file or a folder of files', () => {
    mkdirSync(join(folder, 'certs'));
    writeFileSync(join(folder, 'certs', 'README'), 'not one');
    writeFileSync(join(folder, 'certs', 'corp.pem'), pem);
    writeFileSync(join(folder, 'corp.pem'), pem);
    const settings = { caBundle: join(folder, 'corp.pem'), azureCaBundle: join(folder, 'certs') };
    expect(checkCertificates(settings).map(({ level }) => level)).toEqual(['ok', 'ok']);
  });

  it('are a problem that names path and setting if they cannot be read', () => {
    mkdirSync(join(folder, 'empty'));
    writeFileSync(join(folder, 'key.pem'), '-----BEGIN PRIVATE KEY-----\n');
    const whatOf = (caBundle: string) => checkCertificates({ caBundle })[0]?.what;
    expect(whatOf(join(folder, 'gone.pem'))).toContain(`${join(folder, 'gone.pem')}: ENOENT`);
    expect(whatOf(join(folder, 'empty'))).toContain('no file in it holds a certificate');
    expect(whatOf(join(folder, 'key.pem'))).toContain('it holds no certificate');
    expect(checkCertificates({ azureCaBundle: join(folder, 'gone.pem') })).toMatchObject([
      { level: 'problem', fix: expect.stringContaining('unset azureCaBundle') as string },
    ]);
  });
});

it('reports the Node that runs it, which is new enough', () => {
  expect(checkNode()).toMatchObject({ level: 'ok' });
});
