import { describe, expect, test } from 'vitest';
import { authenticatedFetch } from '../../electron/owner/authenticated-fetch.ts';
import { screenLockAction } from '../../electron/power/follow-power.ts';
import { createFakeElectron } from '../fakes/electron/fake-electron.ts';
import { startDesktop, type RunningDesktop } from './running-desktop.ts';

/** Resolves once the app knows the settings. */
async function settingsAre(desktop: RunningDesktop, onScreenLock: 'lock-vault' | 'stop-sessions') {
  await desktop.trayShows('payments');
  desktop.connection.changeSettings({ onScreenLock });
  // The tray shows it with the same read.
  desktop.connection.lockVault(true);
  await desktop.trayShows('Unlock…');
}

describe('a locked screen', () => {
  test.each([
    ['keep-sessions', undefined],
    ['lock-vault', { kind: 'lock' }],
    ['stop-sessions', { kind: 'stop-all' }],
  ] as const)('with the setting "%s" means %j', (onScreenLock, action) => {
    expect(screenLockAction({ onScreenLock, openAtLogin: false })).toEqual(action);
  });

  test('means nothing before the settings are known', () => {
    expect(screenLockAction(undefined)).toBeUndefined();
  });

  test.each(['darwin', 'win32'] as const)(
    'locks the vault on %s if the setting says so',
    async (platform) => {
      const desktop = await startDesktop({ platform });
      await settingsAre(desktop, 'lock-vault');
      desktop.electron.lockScreen();
      await expect.poll(() => desktop.connection.asked).toEqual(['POST /v1/lock']);
    },
  );

  test('is not told by the runtime on Linux, where screen-lock.test.ts hears it', async () => {
    const desktop = await startDesktop({ env: { PATH: '/nonexistent' } });
    await settingsAre(desktop, 'lock-vault');
    desktop.electron.lockScreen();
    desktop.tray().pick('Unlock…');
    await expect.poll(() => desktop.connection.asked).toEqual(['POST /v1/unlock {}']);
  });
});

describe('unlocking a key in the keychain', () => {
  const unlocking = (body = '{}', url = 'stint://app/v1/unlock') =>
    new Request(url, { method: 'POST', body });

  function fetching(platform: NodeJS.Platform, hasTouchId: boolean) {
    const electron = createFakeElectron({ platform, hasTouchId });
    let sent = 0;
    const fetch = authenticatedFetch(
      () => {
        sent += 1;
        return Promise.resolve(Response.json({}));
      },
      electron.runtime.systemPreferences,
      platform,
    );
    return { electron, fetch, sent: () => sent };
  }

  test('needs Touch ID on a Mac that has it', async () => {
    const { electron, fetch, sent } = fetching('darwin', true);
    electron.answerQuestion(1);
    const refused = await fetch(unlocking());
    expect([refused.status, await refused.json()]).toMatchObject([
      423,
      { detail: 'Touch ID did not confirm that it is you, so the vault stays locked.' },
    ]);
    expect(sent()).toBe(0);
    electron.answerQuestion(0);
    expect((await fetch(unlocking())).status).toBe(200);
    expect(electron.told).toEqual(Array(2).fill('Touch ID: unlock your cloud credentials'));
  });

  test.each(['stint://app/v1//unlock', 'stint://app/v1/%75nlock', 'stint://app/v1/unlock?a=b'])(
    'is recognised as %s',
    async (url) => {
      const { electron, fetch, sent } = fetching('darwin', true);
      electron.answerQuestion(1);
      await fetch(unlocking('{}', url));
      expect(sent()).toBe(0);
    },
  );

  test('with a passphrase asks for nothing more, nor does any other request', async () => {
    const { electron, fetch, sent } = fetching('darwin', true);
    await fetch(unlocking('{"passphrase":"correct horse"}'));
    await fetch(unlocking('{}', 'stint://app/v1/lock'));
    await fetch(new Request('stint://app/v1/unlock'));
    expect([sent(), electron.told]).toEqual([3, []]);
  });

  test.each([
    ['darwin', false],
    ['linux', false],
    ['win32', false],
  ] as const)('asks for nothing on %s without Touch ID', async (platform, hasTouchId) => {
    const { electron, fetch, sent } = fetching(platform, hasTouchId);
    await fetch(unlocking());
    expect([sent(), electron.told]).toEqual([1, []]);
  });
});

test('the tray locks and unlocks', async () => {
  const { connection, tray, trayShows } = await startDesktop();
  await trayShows('payments');
  tray().pick('Lock');
  await expect.poll(() => connection.asked).toEqual(['POST /v1/lock']);
  connection.lockVault(true);
  await trayShows('Unlock…');
  tray().pick('Unlock…');
  await expect.poll(() => connection.asked).toEqual(['POST /v1/lock', 'POST /v1/unlock {}']);
});
