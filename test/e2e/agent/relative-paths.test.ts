import { execFile } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, it } from 'vitest';
import {
  callOwner,
  scratchComputer,
  stintCommand,
  type ScratchComputer,
} from '../../support/agent-process.ts';

const run = promisify(execFile);
let computer: ScratchComputer;

beforeEach(async () => {
  computer = await scratchComputer({});
});
afterEach(async () => {
  await callOwner(computer, 'POST', '/v1/owner/stop').catch(() => undefined);
  await computer.remove();
});

it('a background agent takes relative paths from the folder of the command that started it', async () => {
  const project = join(computer.folder, 'project');
  await mkdir(project);
  await run(process.execPath, [stintCommand, 'agent', 'start'], {
    cwd: project,
    env: {
      ...computer.env,
      STINT_HOME: '../stint',
      AWS_SHARED_CREDENTIALS_FILE: '.aws/credentials',
      AWS_CONFIG_FILE: '.aws/config',
      AZURE_CONFIG_DIR: '.azure-work',
      AWS_CA_BUNDLE: 'ca.pem',
    },
  });
  const settings = await callOwner(computer, 'GET', '/v1/settings');
  expect(settings.json()).toMatchObject({
    awsCredentialsFile: join(project, '.aws', 'credentials'),
    awsConfigFile: join(project, '.aws', 'config'),
    azureConfigDir: join(project, '.azure-work'),
    caBundle: join(project, 'ca.pem'),
  });
});
