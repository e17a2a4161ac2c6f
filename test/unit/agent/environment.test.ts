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

  it('has certificates for AWS and for Azure if both variables are set, each for its own tools', () => {
    const bundles = (env: NodeJS.ProcessEnv) => {
      const { caBundle, azureCaBundle } = takeEnvironment({ HOME: '/h', ...env }).defaultSettings;
      return [caBundle, azureCaBundle];
    };
    expect(bundles({ AWS_CA_BUNDLE: '/a.pem' })).toEqual(['/a.pem', undefined]);
    expect(bundles({ REQUESTS_CA_BUNDLE: '/r.pem' })).toEqual(['/r.pem', undefined]);
    expect(bundles({ AWS_CA_BUNDLE: '/a.pem', REQUESTS_CA_BUNDLE: '/r.pem' })).toEqual([
      '/a.pem',
      '/r.pem',
    ]);
  });

  it('prefers the lower-case variables of a proxy, as curl and requests do', () => {
    const { defaultSettings } = takeEnvironment({
      HOME: '/h',
      https_proxy: 'http://lower.example:1',
      HTTPS_PROXY: 'http://upper.example:1',
      HTTP_PROXY: 'http://only.example:1',
      no_proxy: 'lower.example',
      NO_PROXY: 'upper.example',
    });
    expect(defaultSettings).toMatchObject({
      httpsProxy: 'http://lower.example:1',
      httpProxy: 'http://only.example:1',
      noProxy: 'lower.example',
    });
  });

  it('names a proxy that it cannot use, without its password', () => {
    const { defaultSettings, warnings } = takeEnvironment({
      HOME: '/h',
      HTTPS_PROXY: 'socks5://anna:s3cret@127.0.0.1:1080',
      http_proxy: 'http://',
    });
    expect(defaultSettings.httpsProxy).toBeUndefined();
    expect(warnings).toEqual([
      'http_proxy is set to a value that Stint cannot use. Stint ignores it.',
      'HTTPS_PROXY names a SOCKS proxy, which Stint does not support. Stint ignores it.',
    ]);
  });

  it('is whether AWS has to be reached by its FIPS or dual-stack endpoints', () => {
    const { defaultSettings, warnings } = takeEnvironment({
      HOME: '/h',
      AWS_USE_FIPS_ENDPOINT: 'TRUE',
      AWS_USE_DUALSTACK_ENDPOINT: 'maybe',
    });
    expect(defaultSettings.awsUseFipsEndpoint).toBe(true);
    expect(defaultSettings.awsUseDualstackEndpoint).toBeUndefined();
    expect(warnings).toEqual([
      'AWS_USE_DUALSTACK_ENDPOINT is set to a value that Stint cannot use. Stint ignores it.',
    ]);
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
      AWS_ENDPOINT_URL: 'http://127.0.0.1:4566',
      AWS_ENDPOINT_URL_STS: 'http://127.0.0.1:4566',
      AWS_USE_FIPS_ENDPOINT: 'false',
      AWS_ACCESS_KEY_ID: 'AKIA',
      AWS_SECRET_ACCESS_KEY: 'x',
      AWS_SESSION_TOKEN: 'y',
      MALLOC_ARENA_MAX: '1',
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
