import { describe, expect, it } from 'vitest';
import { awsSource, azureSource } from '../../../src/cli/whoami/named-by-environment.ts';

const home = '/home/anna/.config/stint';
const leaseId = '0f8d3b6a-5d0e-4a57-9a52-7f4f0c6c9a11';
const sessionId = '3b1f8a52-92f1-4b1c-9d5e-8d6f6c1f2a11';
const aws = (env: NodeJS.ProcessEnv, files: Readonly<Record<string, string>> = {}) =>
  awsSource(env, home, (path) => files[path]);
const endpoint = {
  AWS_CONTAINER_CREDENTIALS_FULL_URI: `http://127.0.0.1:4711/credentials/${sessionId}`,
  AWS_CONTAINER_AUTHORIZATION_TOKEN: 'tok-en_1',
  AWS_PROFILE: 'stint-payments',
};

describe('what the environment says of AWS', () => {
  it('is the lease that stint exec opened, by its token or the file of it', () => {
    const found = { by: 'lease-token', port: 4711, token: 'tok-en_1' };
    expect(aws(endpoint)).toMatchObject(found);
    const { AWS_CONTAINER_AUTHORIZATION_TOKEN: token, ...others } = endpoint;
    const inFile = { ...others, AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE: '/run/token' };
    expect(aws(inFile, { '/run/token': `${token}\n` })).toMatchObject(found);
  });

  it('is the lease whose config file it names', () => {
    const env = {
      AWS_PROFILE: 'stint-payments',
      AWS_CONFIG_FILE: `${home}/leases/${leaseId}/config`,
    };
    expect(aws(env)).toMatchObject({ by: 'lease', leaseId });
    const elsewhere = { ...env, AWS_CONFIG_FILE: `${home}/leases/../${leaseId}/config` };
    expect(aws(elsewhere)).toMatchObject({ by: 'profile' });
  });

  it('is what tools prefer: keys, then a chosen profile, then the endpoint, then the default', () => {
    const keys = { AWS_ACCESS_KEY_ID: 'ASIA1', AWS_SECRET_ACCESS_KEY: 'x' };
    expect(aws({ ...endpoint, ...keys })).toMatchObject({ by: 'keys', accessKeyId: 'ASIA1' });
    expect(aws({ ...endpoint, AWS_PROFILE: 'mine' })).toMatchObject({
      by: 'profile',
      profile: 'mine',
    });
    expect(aws({ AWS_DEFAULT_PROFILE: 'old' })).toMatchObject({
      profile: 'old',
      isDefault: false,
      variable: 'AWS_DEFAULT_PROFILE',
    });
    expect(aws({})).toMatchObject({ profile: 'default', isDefault: true });
  });

  it('sends a token to loopback only, and nothing that is not a token', () => {
    for (const change of [
      { AWS_CONTAINER_CREDENTIALS_FULL_URI: `http://10.0.0.1:4711/credentials/${sessionId}` },
      { AWS_CONTAINER_CREDENTIALS_FULL_URI: 'http://169.254.170.23/v1/credentials' },
      { AWS_CONTAINER_AUTHORIZATION_TOKEN: 'a\r\nHost: b' },
    ]) {
      expect(aws({ ...endpoint, ...change })).toMatchObject({ by: 'profile' });
    }
  });
});

describe('what the environment says of Azure', () => {
  it('is the lease at the identity endpoint, or the session whose folder the Azure CLI uses', () => {
    const env = {
      IDENTITY_ENDPOINT: `http://127.0.0.1:4711/azure/${sessionId}/token`,
      IDENTITY_HEADER: 'token',
    };
    expect(azureSource(env, home)).toMatchObject({ by: 'lease-token', port: 4711 });
    const folder = { AZURE_CONFIG_DIR: `${home}/azure/${sessionId}` };
    expect(azureSource(folder, home)).toMatchObject({ by: 'session', sessionId });
    expect(azureSource({ AZURE_CONFIG_DIR: '/home/anna/.azure' }, home)).toBeUndefined();
    expect(azureSource({}, home)).toBeUndefined();
  });
});
