import { describe, expect, it } from 'vitest';
import {
  fingerprintOf,
  keySettings,
  processSettings,
} from '../../../src/services/delivery/aws-credentials/file/own-settings.ts';
import { credentials } from '../../support/scratch-delivery.ts';

const region = 'eu-west-1';
const endpointUrl = 'http://localhost:4566/#a;b';

describe('the settings of a session', () => {
  const keys = {
    accessKeyId: 'ASIA1',
    secretAccessKey: 's/1+',
    sessionToken: 't==',
    expiration: '2099-01-01T00:00:00.000Z',
  };

  it('are its keys, the region, the endpoint if there is one, and when the keys end', () => {
    const before = [
      ['aws_access_key_id', 'ASIA1'],
      ['aws_secret_access_key', 's/1+'],
      ['aws_session_token', 't=='],
      ['region', region],
    ];
    const end = ['x_security_token_expires', '2099-01-01T00:00:00.000Z'];
    expect(keySettings(keys, { region })).toEqual([...before, end]);
    expect(keySettings(keys, { region, endpointUrl })).toEqual([
      ...before,
      ['endpoint_url', endpointUrl],
      end,
    ]);
  });

  it('are a process, the region and the endpoint in the config file', () => {
    expect(processSettings('run me', { region, endpointUrl })).toEqual([
      ['credential_process', 'run me'],
      ['region', region],
      ['endpoint_url', endpointUrl],
    ]);
  });

  it.each(['', 'a b', ' a', 'a ', 'a\nb', 'a\n', '\ta', 'ä', '#a', ';a'])(
    'with the value %j, which an AWS file cannot hold, are refused',
    (value) => {
      const refused = expect.objectContaining({
        code: 'invalid-request',
        message: expect.stringContaining('cannot hold') as unknown,
      }) as unknown;
      const all = { ...credentials(), sessionToken: value };
      expect(() => keySettings(all, { region })).toThrow(refused);
      expect(() => processSettings('x', { region: value })).toThrow(refused);
    },
  );
});

describe('what recognises a section of ours without its comment', () => {
  it('is made of the key id in the credentials file, of the process in the config file', () => {
    const settings = [
      ['aws_access_key_id', 'ASIA1'],
      ['credential_process', 'run me'],
    ] as const;
    const [key, process] = settings;
    expect(fingerprintOf('credentials', settings)).toBe(fingerprintOf('credentials', [key]));
    expect(fingerprintOf('config', settings)).toBe(fingerprintOf('config', [process]));
    expect(fingerprintOf('credentials', [key])).not.toBe(fingerprintOf('config', [process]));
  });

  it('has 22 characters, none of which tell the key id', () => {
    expect(fingerprintOf('credentials', [['aws_access_key_id', 'ASIA1']])).toMatch(/^[\w-]{22}$/);
  });

  it('is none where the setting is missing', () => {
    expect(fingerprintOf('credentials', [['credential_process', 'x']])).toBeUndefined();
    expect(fingerprintOf('config', [['aws_access_key_id', 'x']])).toBeUndefined();
  });
});
