import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { awsEndpointEnvironment } from '../../../src/cli/lease/aws-environment.ts';
import type { OpenedLease } from '../../../src/cli/owner/owner-client.ts';

const folder = mkdtempSync(join(tmpdir(), 'stint-container-token-'));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

function environmentWith(inFile: boolean) {
  const lease = join(folder, 'leases', inFile ? 'file' : 'variable');
  mkdirSync(lease, { recursive: true });
  const session = { sessionName: 'pay', region: 'eu-west-1' } as Parameters<
    typeof awsEndpointEnvironment
  >[1];
  const opened = {
    url: 'http://127.0.0.1:1/credentials/x',
    token: 'the-token',
    tokenFile: join(lease, 'token'),
  } as OpenedLease;
  const { set, unset } = awsEndpointEnvironment({ HOME: folder }, session, opened, { inFile });
  return { set, unset, file: opened.tokenFile };
}

// With both, the SDK for JavaScript warns at each request.
it('gives the token in a variable and removes the other variable', () => {
  const { set, unset } = environmentWith(false);
  expect(set['AWS_CONTAINER_AUTHORIZATION_TOKEN']).toBe('the-token');
  expect(set).not.toHaveProperty('AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE');
  expect(unset).toContain('AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE');
});

it('gives the file instead if asked to', () => {
  const { set, unset, file } = environmentWith(true);
  expect(set['AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE']).toBe(file);
  expect(set).not.toHaveProperty('AWS_CONTAINER_AUTHORIZATION_TOKEN');
  expect(unset).toContain('AWS_CONTAINER_AUTHORIZATION_TOKEN');
});
