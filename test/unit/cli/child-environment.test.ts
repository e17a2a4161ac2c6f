import { expect, it } from 'vitest';
import { childEnvironment } from '../../../src/models/child-environment.ts';

it('gives a program everything but the secrets of Stint', () => {
  const env = {
    PATH: '/bin',
    STINT_HOME: '/home/me/.stint',
    STINT_PASSPHRASE: 'a',
    STINT_ACCESS_KEY_ID: 'b',
    STINT_SECRET_ACCESS_KEY: 'c',
    STINT_CLIENT_SECRET: 'd',
  };
  expect(childEnvironment(env)).toEqual({ PATH: '/bin', STINT_HOME: '/home/me/.stint' });
});
