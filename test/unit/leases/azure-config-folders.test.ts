import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { azureClouds } from '../../../src/models/azure-cloud.ts';
import type { AzureSession } from '../../../src/models/session.ts';
import { AzureConfigFolders } from '../../../src/services/leases/azure-config-folders.ts';
import { newSession } from '../../../src/services/sessions/session-record.ts';
import { fieldsOfEveryType } from '../../support/sessions.ts';

it('a folder that is prepared while it is being removed is there afterwards', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'stint-azure-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const folders = new AzureConfigFolders({
    folder,
    kept: join(folder, 'kept'),
    usersFolder: () => join(folder, 'none'),
    cloudOf: () => azureClouds[0] as never,
    credentialsOf: () => Promise.resolve(undefined),
    clock: { now: () => 0 },
  });
  const session = newSession(fieldsOfEveryType.azure, { sessions: [], now: 0 }) as AzureSession;
  await folders.prepare(session);
  let preparing: Promise<string> | undefined;
  await folders.keepOnly(() => {
    // Another exec begins right after the last lease was found closed.
    preparing = folders.prepare(session);
    return false;
  });
  expect(await readdir(String(await preparing))).toEqual(['azureProfile.json', 'config']);
});
