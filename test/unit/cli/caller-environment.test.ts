import { resolve } from 'node:path';
import { expect, it } from 'vitest';
import { callerEnvironment } from '../../../src/cli/environment/caller-environment.ts';

it('tells which variables a shell has set, and values only of profiles, clouds and files', () => {
  expect(
    callerEnvironment({
      PATH: '/usr/bin',
      AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE',
      AWS_SECRET_ACCESS_KEY: 'hunter2',
      AWS_PROFILE: 'dev',
      AWS_CONFIG_FILE: 'aws/config',
      AWS_REGION: '',
      AZURE_CLIENT_SECRET: 'hunter2',
      AZURE_CONFIG_DIR: '.azure',
      AZURE_CLOUD_NAME: 'AzureChinaCloud',
      MY_AWS_SECRET: 'hunter2',
    }),
  ).toEqual([
    'AWS_ACCESS_KEY_ID',
    'AWS_SECRET_ACCESS_KEY',
    'AWS_PROFILE=dev',
    `AWS_CONFIG_FILE=${resolve('aws/config')}`,
    'AZURE_CLIENT_SECRET',
    `AZURE_CONFIG_DIR=${resolve('.azure')}`,
    'AZURE_CLOUD_NAME=AzureChinaCloud',
  ]);
});

it('keeps within what the API takes', () => {
  expect(callerEnvironment({ AWS_CONFIG_FILE: `/${'x'.repeat(300)}` })).toEqual([
    'AWS_CONFIG_FILE',
  ]);
});

it('expands ~ and $HOME, which nothing has expanded in a .env file, and reports an empty AWS file', () => {
  expect(
    callerEnvironment({
      HOME: '/home/anna',
      AWS_CONFIG_FILE: '$HOME/.aws/config',
      AZURE_CONFIG_DIR: '~/az',
      AWS_SHARED_CREDENTIALS_FILE: '',
    }),
  ).toEqual([
    'AWS_CONFIG_FILE=/home/anna/.aws/config',
    'AZURE_CONFIG_DIR=/home/anna/az',
    'AWS_SHARED_CREDENTIALS_FILE=',
  ]);
});
