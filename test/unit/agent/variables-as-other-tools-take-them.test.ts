import { describe, expect, it } from 'vitest';
import { takeEnvironment } from '../../../src/agent/environment.ts';
import { expandPath } from '../../../src/models/path-variables.ts';
import { checkAwsFile } from '../../../src/cli/doctor/aws-file.ts';
import { checkShellEnvironment } from '../../../src/cli/doctor/shell-environment.ts';
import { environmentFindings } from '../../../src/services/delivery/aws-credentials/inspect/environment.ts';
import { inspectTools } from '../../../src/services/delivery/aws-credentials/inspect/inspect.ts';

const HOME = '/home/anna';

describe('a path in a variable', () => {
  it.each([
    ['~/.aws/credentials', '/home/anna/.aws/credentials'],
    ['~', '/home/anna'],
    ['$HOME/.aws/credentials', '/home/anna/.aws/credentials'],
    ['${HOME}/.aws/credentials', '/home/anna/.aws/credentials'],
    ['/x/$NOBODY/y', '/x/$NOBODY/y'],
    ['~bob/x', '~bob/x'],
    ['a~/x', 'a~/x'],
  ])('%s means %s', (path, meant) => {
    expect(expandPath(path, { HOME }, HOME)).toBe(meant);
  });

  it('means the same to the agent and to doctor', () => {
    const variables = {
      HOME,
      AWS_SHARED_CREDENTIALS_FILE: '~/corp/credentials',
      AWS_CONFIG_FILE: '$HOME/corp/config',
      AZURE_CONFIG_DIR: '${HOME}/az',
    };
    const { defaultSettings } = takeEnvironment({ ...variables });
    expect(defaultSettings).toMatchObject({
      awsCredentialsFile: '/home/anna/corp/credentials',
      awsConfigFile: '/home/anna/corp/config',
      azureConfigDir: '/home/anna/az',
    });
    expect(checkShellEnvironment(variables, defaultSettings)).toMatchObject([{ level: 'ok' }]);
  });
});

describe('a variable that Stint cannot use', () => {
  it.each([
    ['AZURE_AUTHORITY_HOST', 'http://login.example'],
    ['AZURE_RESOURCE_MANAGER_URL', 'nowhere'],
    ['AWS_ENDPOINT_URL', 'localhost:4566'],
    ['AWS_ENDPOINT_URL_STS', '::'],
    ['AWS_REGION', 'somewhere else'],
    ['AZURE_DEFAULTS_LOCATION', '-'],
  ])('%s=%s is named and ignored', (name, value) => {
    const { defaultSettings, warnings } = takeEnvironment({ HOME, [name]: value });
    expect(defaultSettings).toEqual(takeEnvironment({ HOME }).defaultSettings);
    expect(warnings).toEqual([
      `${name} is set to a value that Stint cannot use. Stint ignores it.`,
    ]);
  });

  it('is ignored without a warning if it is empty', () => {
    const env = { HOME, AWS_ENDPOINT_URL: '', AWS_REGION: ' ', HTTPS_PROXY: '' };
    expect(takeEnvironment(env)).toMatchObject({ warnings: [], proxies: { https: undefined } });
  });
});

it('an authority host without a scheme is one over https, as azure-identity reads it', () => {
  const { defaultSettings, warnings } = takeEnvironment({
    HOME,
    AZURE_AUTHORITY_HOST: 'login.microsoftonline.us',
  });
  expect(defaultSettings.azureAuthorityHost).toBe('https://login.microsoftonline.us');
  expect(warnings).toEqual([]);
});

it('a region counts in any case', () => {
  const { defaultSettings } = takeEnvironment({ HOME, AWS_REGION: 'EU-West-1' });
  expect(defaultSettings.defaultRegion).toBe('eu-west-1');
});

describe.runIf(process.platform !== 'win32')('/dev/null', () => {
  it('as the config file is none, without a warning from a start', async () => {
    const files = { credentials: '/none', config: '/dev/null' };
    const session = { kind: 'credentials', sessionId: 'id', profileName: 'pay' } as const;
    expect(await inspectTools({ files, ...session, callerEnvironment: [] })).toEqual([]);
  });

  it('is fine for doctor as the config file, and a problem as the credentials file', () => {
    expect(checkAwsFile('/dev/null', { holdsSecrets: false })).toMatchObject([{ level: 'ok' }]);
    const [finding] = checkAwsFile('/dev/null', { holdsSecrets: true });
    expect(finding?.level).toBe('problem');
    expect(finding?.fix).not.toContain('chmod');
  });
});

it('an empty variable for an AWS file is named at a start', () => {
  const [finding] = environmentFindings({
    files: { credentials: '/c', config: '/d' },
    profileName: 'pay',
    callerEnvironment: ['AWS_SHARED_CREDENTIALS_FILE='],
  });
  expect(finding?.message).toContain('AWS_SHARED_CREDENTIALS_FILE is set but empty');
});
