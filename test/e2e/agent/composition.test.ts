import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { compose } from '../../../src/agent/compose/compose.ts';
import type { ComposeOptions } from '../../../src/agent/compose/foundation.ts';
import { takeEnvironment } from '../../../src/agent/environment.ts';
import { Lifecycle } from '../../../src/agent/lifecycle.ts';
import { prepareHome } from '../../../src/services/files/home.ts';
import { createLog } from '../../../src/services/log/log.ts';
import { openFilesIn } from '../../support/open-files.ts';

let folder: string;
let lifecycle: Lifecycle;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stint-compose-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true, maxRetries: 5 });
});

async function composed(changes: Partial<ComposeOptions> = {}) {
  const paths = await prepareHome(join(folder, 'stint'));
  const log = createLog({ file: paths.log });
  lifecycle = new Lifecycle({ log });
  lifecycle.closeAtEnd('log', () => {
    log.close();
  });
  log.info('test.start');
  return await compose({
    paths,
    log,
    lifecycle,
    environment: takeEnvironment({
      HOME: folder,
      STINT_HOME: paths.home,
      STINT_SECRETS: 'passphrase',
      STINT_PASSPHRASE: 'correct horse battery staple',
    }),
    keychain: {} as never,
    credentialCommand: [],
    owner: {
      pid: process.pid,
      version: '0.0.0',
      port: () => undefined,
      listen: () => Promise.reject(new Error('nothing listens here')),
      hasScreen: false,
      release: () => undefined,
      stop: () => undefined,
    },
    ...changes,
  });
}

describe('the composition of the owner', () => {
  it('opens its files, and closes them at the end', async () => {
    const { history } = await composed();
    expect(history.notices()).toEqual([]);
    expect((await openFilesIn(folder)).map((file) => file.slice(folder.length))).toEqual(
      expect.arrayContaining(['/stint/logs/stint.log', '/stint/history.db', '/stint/access.db']),
    );
    await lifecycle.end({ end: 'stopped', sessions: 'stop' });
    expect(await openFilesIn(folder)).toEqual([]);
  });

  const homeFile = (name: string) => join(folder, 'stint', name);
  it.each([
    {
      step: 'the workspace',
      breakIt: () => writeFile(homeFile('workspace.json'), '{"version":999,"sessions":[]}'),
    },
    {
      step: 'the token of the owner',
      breakIt: () => mkdir(join(homeFile('token'), 'in the way'), { recursive: true }),
    },
  ])('closes what is open when $step cannot be opened', async ({ breakIt }) => {
    await prepareHome(join(folder, 'stint'));
    await breakIt();
    await expect(composed()).rejects.toMatchObject({ name: 'Problem' });
    expect(await openFilesIn(folder)).not.toEqual([]);
    await lifecycle.abandon();
    expect(await openFilesIn(folder)).toEqual([]);
  });

  it('closes what is open when a provider cannot be made', async () => {
    const createSignIn = () => {
      throw new Error('no windows here');
    };
    await expect(composed({ createSignIn })).rejects.toThrow('no windows here');
    expect((await openFilesIn(folder)).length).toBeGreaterThan(2);
    await lifecycle.abandon();
    expect(await openFilesIn(folder)).toEqual([]);
  });
});
