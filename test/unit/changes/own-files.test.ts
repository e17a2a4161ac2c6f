import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { ownChanges } from '../../../src/services/changes/own-files.ts';
import { homePaths } from '../../../src/services/files/home.ts';

it('what Stint has for itself is its home, its agent, its browser profiles, its service and its keychain item', async () => {
  const home = await mkdtemp(join(tmpdir(), 'stint-own-'));
  onTestFinished(() => rm(home, { recursive: true }));
  const paths = homePaths(home);
  const serviceFile = join(home, 'stint.service');
  const kinds = async (method: 'keychain' | 'passphrase') =>
    (await ownChanges({ paths, serviceFile, vaultMethod: () => method })).map(({ kind }) => kind);
  expect(await kinds('passphrase')).toEqual(['home']);
  await writeFile(paths.agentFile, '{}');
  await mkdir(paths.browser);
  await writeFile(serviceFile, '');
  const all = await ownChanges({ paths, serviceFile, vaultMethod: () => 'keychain' });
  expect(all.map(({ kind }) => kind)).toEqual(['home', 'agent', 'browser', 'service', 'keychain']);
  expect(new Set(all.map(({ id }) => id)).size).toBe(5);
  expect(all.find(({ kind }) => kind === 'service')?.how).toContain('stint agent uninstall');
  expect(all.every(({ restorable, how }) => !restorable && how !== '')).toBe(true);
});
