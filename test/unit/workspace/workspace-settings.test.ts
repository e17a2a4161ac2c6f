import { homedir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { defaultSettings, iamUser, scratchWorkspace } from './scratch-workspace.ts';

describe('settings', () => {
  const changed = {
    ...defaultSettings,
    awsCredentialsFile: '/other/credentials',
    awsEndpointUrl: 'http://127.0.0.1:4000',
  };

  test('take their places from the environment only when the workspace is made', async () => {
    const scratch = await scratchWorkspace();
    await scratch.open();
    expect((await scratch.open({ settings: changed })).settings()).toEqual(defaultSettings);
  });

  test('take their places from the environment at every open when it wins', async () => {
    const scratch = await scratchWorkspace();
    await scratch.open({ settings: changed });
    const store = await scratch.open({ settings: defaultSettings, environmentWins: true });
    expect(store.settings()).toEqual(defaultSettings);
    await store.save({
      settings: { ...defaultSettings, onQuit: 'keep-sessions' },
      keepBackup: true,
    });
    expect((await scratch.json()).settings).toEqual({ ...changed, onQuit: 'keep-sessions' });
  });

  test('one that is not valid counts as its default, stays in the file and gives a notice', async () => {
    const scratch = await scratchWorkspace();
    const settings = { ...defaultSettings, defaultRegion: 12, onQuit: 'keep-sessions' };
    await scratch.write(JSON.stringify({ version: 1, sessions: [], settings }));
    const store = await scratch.open();
    expect(store.settings()).toEqual({ ...defaultSettings, onQuit: 'keep-sessions' });
    expect(store.notices()).toEqual([expect.stringContaining('defaultRegion')]);
    await store.save({ put: [iamUser()], keepBackup: true });
    expect((await scratch.json()).settings).toEqual(settings);
  });

  test('a path of the file may begin with ~, and a relative one counts as its default', async () => {
    const scratch = await scratchWorkspace();
    const settings = { ...defaultSettings, caBundle: '~/corp.pem', azureConfigDir: '.azure' };
    await scratch.write(JSON.stringify({ version: 1, sessions: [], settings }));
    const store = await scratch.open();
    const caBundle = join(homedir(), 'corp.pem');
    expect(store.settings()).toEqual({ ...defaultSettings, caBundle });
    expect(store.notices()).toEqual([expect.stringContaining('azureConfigDir')]);
  });

  test('one that was unset is gone', async () => {
    const scratch = await scratchWorkspace();
    const store = await scratch.open({ settings: changed });
    const rest = { ...defaultSettings, awsCredentialsFile: changed.awsCredentialsFile };
    await store.save({ settings: rest, keepBackup: true });
    expect((await scratch.json()).settings).toEqual(rest);
    expect((await scratch.open()).settings()).toEqual(rest);
  });
});
