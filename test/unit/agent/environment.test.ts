import { userInfo } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { takeEnvironment } from '../../../src/agent/environment.ts';

describe('what the agent reads from its environment', () => {
  it('is the locations of the AWS files and the endpoints, as the SDKs read them', () => {
    const { defaultSettings } = takeEnvironment({
      HOME: '/home/anna',
      AWS_CONFIG_FILE: '/etc/aws/config',
      AWS_ENDPOINT_URL_STS: 'http://127.0.0.1:4000',
      AWS_REGION: 'eu-west-1',
    });
    expect(defaultSettings).toMatchObject({
      awsCredentialsFile: '/home/anna/.aws/credentials',
      awsConfigFile: '/etc/aws/config',
      awsStsEndpointUrl: 'http://127.0.0.1:4000',
      defaultRegion: 'eu-west-1',
    });
  });

  it('includes AWS_DEFAULT_REGION if AWS_REGION is not set, as for the AWS CLI', () => {
    const regionFor = (env: NodeJS.ProcessEnv) =>
      takeEnvironment(env).defaultSettings.defaultRegion;
    expect(regionFor({ AWS_DEFAULT_REGION: 'eu-north-1' })).toBe('eu-north-1');
    expect(regionFor({ AWS_REGION: '', AWS_DEFAULT_REGION: 'eu-north-1' })).toBe('eu-north-1');
    expect(regionFor({ AWS_REGION: 'eu-west-1', AWS_DEFAULT_REGION: 'eu-north-1' })).toBe(
      'eu-west-1',
    );
  });

  it('has relative paths resolved from the folder it was started in', () => {
    const env: NodeJS.ProcessEnv = {
      HOME: 'home',
      AWS_SHARED_CREDENTIALS_FILE: 'aws/credentials',
      AZURE_CONFIG_DIR: '.azure-work',
      AWS_CA_BUNDLE: 'ca.pem',
    };
    expect(takeEnvironment(env).defaultSettings).toMatchObject({
      awsCredentialsFile: resolve('aws/credentials'),
      awsConfigFile: resolve('home/.aws/config'),
      azureConfigDir: resolve('.azure-work'),
      caBundle: resolve('ca.pem'),
    });
    expect(env['AZURE_CONFIG_DIR']).toBe(resolve('.azure-work'));
    const { defaultSettings } = takeEnvironment({ HOME: '/h', REQUESTS_CA_BUNDLE: '../ca.pem' });
    expect(defaultSettings.caBundle).toBe(resolve('../ca.pem'));
  });

  it('does not depend on HOME being set', () => {
    const { defaultSettings } = takeEnvironment({ HOME: '' });
    const home = userInfo().homedir;
    expect(defaultSettings.awsCredentialsFile).toBe(join(home, '.aws', 'credentials'));
  });

  it('is removed from it if it is secret, or would decide whose credentials a session has', () => {
    const env: NodeJS.ProcessEnv = {
      HOME: '/home/anna',
      STINT_PASSPHRASE: 'correct horse',
      AWS_PROFILE: 'other',
      AWS_ACCESS_KEY_ID: 'AKIA',
      AWS_SECRET_ACCESS_KEY: 'x',
      AWS_SESSION_TOKEN: 'y',
      PATH: '/bin',
    };
    expect(takeEnvironment(env).passphrase).toBe('correct horse');
    expect(env).toEqual({ HOME: '/home/anna', PATH: '/bin' });
  });

  it('wins over the workspace for tests and demos, which set STINT_HOME', () => {
    expect(takeEnvironment({ HOME: '/h', STINT_HOME: '/tmp/x' }).environmentWins).toBe(true);
    expect(takeEnvironment({ HOME: '/h' }).environmentWins).toBe(false);
  });

  it('says how to open the vault, and refuses an unknown method', () => {
    expect(takeEnvironment({ STINT_SECRETS: 'passphrase' }).secretsMethod).toBe('passphrase');
    expect(() => takeEnvironment({ STINT_SECRETS: 'post-it' })).toThrow('keychain or passphrase');
  });

  it('chooses the level of the log, and refuses an unknown one', () => {
    expect(takeEnvironment({ STINT_LOG_LEVEL: 'debug' }).logLevel).toBe('debug');
    expect(takeEnvironment({}).logLevel).toBeUndefined();
    expect(() => takeEnvironment({ STINT_LOG_LEVEL: 'loud' })).toThrow(
      'STINT_LOG_LEVEL is "loud"; it must be one of debug, info, warn, error.',
    );
  });
});
