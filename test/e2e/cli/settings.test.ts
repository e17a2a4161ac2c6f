import { describe, expect, it } from 'vitest';
import { computerForEachTest } from './computer.ts';

type Page = readonly { readonly kind: string; readonly reason?: string }[];

describe('stint settings', () => {
  const computer = computerForEachTest();

  it('are shown, changed and removed, by either spelling of their names', async () => {
    const settings = (...args: string[]) => computer.stint(['settings', ...args]);
    expect((await settings()).stdout).toMatch(/^onQuit +stop-sessions$/m);
    expect((await settings('set', 'on-quit', 'keep-sessions')).stderr).toBe(
      'onQuit is now keep-sessions.\n',
    );
    expect((await settings('get', 'onQuit')).stdout).toBe('keep-sessions\n');
    await settings('set', 'awsEndpointUrl', 'http://127.0.0.1:9');
    expect((await settings('get', 'aws-endpoint-url')).stdout).toBe('http://127.0.0.1:9\n');
    expect((await settings('unset', 'awsEndpointUrl')).code).toBe(0);
    expect((await settings('get', 'awsEndpointUrl')).code).toBe(3);
  });

  it('do not change if the value or the name is wrong', async () => {
    const before = await computer.json('settings');
    expect((await computer.stint(['settings', 'set', 'onQuit', 'maybe'])).code).toBe(2);
    expect((await computer.stint(['settings', 'set', 'colour', 'red'])).code).toBe(2);
    expect((await computer.stint(['settings', 'unset', 'onQuit'])).code).toBe(2);
    expect(await computer.json('settings')).toEqual(before);
  });

  it('decide what happens to running sessions when the agent stops', async () => {
    await computer.addUser('anna');
    await computer.stint(['settings', 'set', 'on-quit', 'keep-sessions']);
    await computer.stint(['start', 'anna']);
    const kept = await computer.credentialsFile();
    await computer.stint(['agent', 'stop']);
    expect(await computer.credentialsFile()).toBe(kept);
    expect(await computer.json('session', 'show', 'anna')).toMatchObject({ status: 'active' });
    await computer.stint(['settings', 'set', 'on-quit', 'stop-sessions']);
    await computer.stint(['agent', 'stop']);
    await expect(computer.credentialsFile()).rejects.toMatchObject({ code: 'ENOENT' });
  });
});

describe('stint history', () => {
  const computer = computerForEachTest();

  it('lists what happened, newest first, for one session or one kind', async () => {
    await computer.addUser('anna');
    await computer.addUser('ben');
    await computer.stint(['start', 'anna']);
    await computer.stint(['stop', 'anna']);
    const kinds = async (...flags: string[]) =>
      (await computer.json<Page>('history', ...flags)).map(({ kind }) => kind);
    expect(await kinds('--session', 'anna')).toEqual([
      'session-stopped',
      'session-started',
      'session-created',
    ]);
    expect(await kinds('--kind', 'session-created')).toHaveLength(2);
    await computer.stint(['ui', '--no-open']);
    expect(await kinds()).not.toContain('token-issued');
    expect(await kinds('--all')).toEqual(expect.arrayContaining(await kinds()));
    expect(await kinds('--from', '1h', '--kind', 'session-started')).toHaveLength(1);
    expect(await kinds('--to', '1h')).toEqual([]);
    expect((await computer.stint(['history', '--session', 'anna'])).stdout).toMatch(
      /^AT +KIND +SESSION +BY +DETAILS\n.* session-stopped +anna +\S+ +Stopped by /,
    );
  });

  it('refuses an invalid time, number or kind', async () => {
    for (const flags of [
      ['--from', 'soon'],
      ['--limit', '0'],
      ['--kind', 'gossip'],
    ]) {
      expect((await computer.stint(['history', ...flags])).code).toBe(2);
    }
    expect((await computer.stint(['history', '--session', 'nobody'])).code).toBe(3);
  });
});
