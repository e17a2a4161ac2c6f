import { userInfo } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { takeEnvironment } from '../../../src/agent/environment.ts';

describe('what the agent takes of its environment', () => {
  it('is where the AWS files are and which endpoints there are, as the SDKs read them', () => {
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

  it('does not depend on HOME being set', () => {
    const { defaultSettings } = takeEnvironment({ HOME: '' });
    const home = userInfo().homedir;
    expect(defaultSettings.awsCredentialsFile).toBe(join(home, '.aws', 'credentials'));
  });

  it('is taken out of it where it is secret, or would decide who a session is', () => {
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

  it('counts at every start for tests and demos, whose home is named', () => {
    expect(takeEnvironment({ HOME: '/h', STINT_HOME: '/tmp/x' }).environmentWins).toBe(true);
    expect(takeEnvironment({ HOME: '/h' }).environmentWins).toBe(false);
  });

  it('names the way to the vault, and refuses one that is none', () => {
    expect(takeEnvironment({ STINT_SECRETS: 'passphrase' }).secretsMethod).toBe('passphrase');
    expect(() => takeEnvironment({ STINT_SECRETS: 'post-it' })).toThrow('keychain or passphrase');
  });
});
