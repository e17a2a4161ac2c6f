import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { runDesktop } from '../../electron/desktop.ts';
import { Problem } from '../../src/models/problem.ts';
import { createFakeElectron } from '../fakes/electron/fake-electron.ts';
import { startDesktop } from './running-desktop.ts';
import { anySession, scriptedOwner } from './scripted-owner.ts';

describe('starting', () => {
  test('shows one window on the app’s own scheme, without Node, isolated and sandboxed', async () => {
    const { electron, window } = await startDesktop();
    await expect.poll(() => window().visible).toBe(true);
    expect(electron.windows).toHaveLength(1);
    expect(window().url).toBe('stint://app/');
    expect(electron.app.sandboxed).toBe(true);
    expect(window().options.webPreferences).toMatchObject({
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webSecurity: true,
      webviewTag: false,
    });
  });

  test('registers the scheme as secure and streaming, with no bypass of CSP, CORS or workers', async () => {
    const { electron } = await startDesktop();
    expect(electron.schemes).toEqual([
      {
        scheme: 'stint',
        privileges: {
          standard: true,
          secure: true,
          supportFetchAPI: true,
          stream: true,
          codeCache: true,
        },
      },
    ]);
  });

  test('keeps Chromium’s files in a folder of the home', async () => {
    const { electron, home } = await startDesktop();
    expect(electron.app.paths.get('userData')).toBe(join(home, 'desktop'));
  });

  test('a second instance ends at once and shows the window of the first', async () => {
    const { electron, window, home } = await startDesktop();
    await expect.poll(() => window().visible).toBe(true);
    window().hide();
    const second = createFakeElectron({ firstInstance: false });
    await runDesktop(second.runtime, {
      home,
      platform: 'linux',
      preload: '',
      icons: { tray: '', window: '' },
      connectToOwner: () =>
        Promise.reject(new Error('the second instance must not claim anything')),
    });
    expect([second.app.exitCode, second.windows.length, second.told]).toEqual([0, 0, []]);
    electron.app.emit('second-instance', {}, ['stint-desktop', '--flag'], home);
    expect(window().visible).toBe(true);
  });

  test('says what is wrong and quits if the workspace cannot be opened', async () => {
    const { electron } = await startDesktop({
      connectToOwner: () =>
        Promise.reject(
          new Problem('workspace-newer', {
            detail: 'workspace.json is of version 2.',
            next: 'Update Stint.',
          }),
        ),
    });
    expect(electron.told).toEqual([
      'Stint cannot start: workspace.json is of version 2.\n\nUpdate Stint.',
    ]);
    expect([electron.app.exitCode, electron.windows.length]).toEqual([1, 0]);
  });
});

describe('the tray', () => {
  test('follows the sessions as they change', async () => {
    const { connection, tray, trayShows } = await startDesktop();
    await trayShows('payments');
    expect(tray().tooltip).toBe('Stint — nothing running');
    const credentialsExpireAt = new Date(Date.now() + 42.5 * 60_000).toISOString();
    connection.change([{ ...anySession, status: 'active', credentialsExpireAt }]);
    await trayShows('✓ payments — 42 min left');
    expect(tray().tooltip).toBe('Stint — 1 session running');
  });

  test('starts and stops a session with a click', async () => {
    const { connection, tray, trayShows } = await startDesktop();
    await trayShows('payments');
    tray().pick('payments');
    connection.change([{ ...anySession, status: 'active' }]);
    await expect.poll(() => tray().tooltip).toBe('Stint — 1 session running');
    tray().pick('payments');
    await expect
      .poll(() => connection.asked)
      .toEqual([
        `POST /v1/sessions/${anySession.sessionId}/start`,
        `POST /v1/sessions/${anySession.sessionId}/stop`,
      ]);
  });

  test('opens the window at the question that a start asks', async () => {
    const { connection, window, tray, trayShows } = await startDesktop();
    await trayShows('payments');
    window().hide();
    connection.answerStart(() =>
      Response.json({ prompts: [{ promptId: 'one', kind: 'choice' }] }, { status: 202 }),
    );
    tray().pick('payments');
    await expect.poll(() => window().visible).toBe(true);
    expect([window().url, window().loads]).toEqual(['stint://app/#question=one', 1]);
  });

  test('takes an MFA code from the clipboard, and says if there is none', async () => {
    const { electron, connection, window, tray, trayShows } = await startDesktop();
    await trayShows('payments');
    window().hide();
    const { sessionId } = anySession;
    connection.change(
      [{ ...anySession, status: 'pending' }],
      [{ promptId: 'one', kind: 'mfa', text: 'MFA code for payments', sessionId }],
    );
    await trayShows('MFA code for payments');
    expect(tray().image).toMatchObject({ path: expect.stringMatching(/tile-waiting/) as string });
    tray().pick('MFA code for payments › Use the code');
    await expect
      .poll(() => electron.told)
      .toEqual([
        'Stint: The clipboard has no MFA code. Copy the six digits that the device shows, and try again.',
      ]);
    electron.copy('123 456');
    tray().pick('MFA code for payments › Use the code');
    await expect.poll(() => connection.asked).toEqual(['POST /v1/prompts/one {"answer":"123456"}']);
  });

  test('searches in the window, without loading its page again', async () => {
    const { window, tray, trayShows } = await startDesktop();
    await trayShows('payments');
    window().hide();
    tray().pick('Search…');
    expect([window().visible, window().url, window().loads]).toEqual([
      true,
      'stint://app/#search',
      1,
    ]);
  });

  test('is drawn again only where it shows something else', async () => {
    const { connection, tray, trayShows } = await startDesktop();
    await trayShows('payments');
    const { sessionId } = anySession;
    const run = { id: sessionId, startedAt: new Date().toISOString() };
    connection.change([{ ...anySession, status: 'active', run, revision: 2 }]);
    await trayShows('✓ payments');
    const drawn = { ...tray().drawn };
    // Nothing of this is in the menu.
    connection.change([{ ...anySession, status: 'active', run, revision: 3, profileName: 'p' }]);
    connection.change([
      { ...anySession, status: 'active', run: { ...run, warnedAt: run.startedAt } },
    ]);
    const pinned = { ...anySession, status: 'active', run, sessionName: 'payments again' };
    connection.change([pinned]);
    await trayShows('✓ payments again');
    expect(tray().drawn).toEqual({ ...drawn, menu: drawn.menu + 1 });
  });

  test('follows the colours of the panel', async () => {
    const { electron, tray } = await startDesktop({ platform: 'win32' });
    await expect.poll(() => electron.trays.length).toBe(1);
    const path = () => (tray().image as unknown as { readonly path: string }).path;
    expect(path()).toMatch(/light-idle\.png$/);
    electron.setDark(true);
    expect(path()).toMatch(/dark-idle\.png$/);
  });

  test('has the number of running sessions beside it on macOS', async () => {
    const { connection, tray, trayShows } = await startDesktop({ platform: 'darwin' });
    await trayShows('payments');
    connection.change([{ ...anySession, status: 'active' }]);
    await expect.poll(() => tray().title).toBe('1');
  });

  test('reports a start that failed, and removes its tick', async () => {
    const { electron, connection, tray, trayShows } = await startDesktop();
    await trayShows('payments');
    connection.answerStart(() =>
      Response.json(
        {
          type: 'urn:stint:problem:cloud-refused',
          detail: 'AWS refused the key of payments.',
          next: 'Enter a new key.',
        },
        { status: 502 },
      ),
    );
    tray().pick('payments');
    expect(tray().lines).toContain('✓ payments');
    await expect
      .poll(() => electron.told)
      .toEqual(['Stint: AWS refused the key of payments.\n\nEnter a new key.']);
    await trayShows('payments');
  });

  test('stops all running sessions', async () => {
    const other = {
      ...anySession,
      sessionId: '5b0e8f3a-2f0e-4a52-8a7c-1f2e3d4c5b6a',
      sessionName: 'b',
    };
    const { connection, tray, trayShows } = await startDesktop({
      connection: scriptedOwner([
        { ...anySession, status: 'active' },
        { ...other, status: 'pending' },
        { ...other, sessionId: '1b0e8f3a-2f0e-4a52-8a7c-1f2e3d4c5b6a', sessionName: 'idle' },
      ]),
    });
    await trayShows('Stop all');
    await expect.poll(() => tray().lines).toContain('✓ payments');
    tray().pick('Stop all');
    await expect
      .poll(() => [...connection.asked].sort())
      .toEqual([other, anySession].map(({ sessionId }) => `POST /v1/sessions/${sessionId}/stop`));
  });
});

describe('the close button', () => {
  test('hides the window if a tray is visible, and says so only the first time', async () => {
    const { electron, window, tray } = await startDesktop();
    await expect.poll(() => window().visible).toBe(true);
    for (let times = 0; times < 2; times += 1) {
      window().close();
      await expect.poll(() => window().visible).toBe(false);
      tray().pick('Open Stint');
      expect(window().visible).toBe(true);
    }
    expect(window().isDestroyed()).toBe(false);
    expect(electron.told).toEqual([
      'Stint is still running in the tray: Your sessions stay active. To quit, use the menu of the tray icon.',
    ]);
  });

  test('quits if no tray is visible: a hidden window could not be opened again', async () => {
    const { electron, connection, window } = await startDesktop({
      trayVisible: () => Promise.resolve(false),
    });
    window().close();
    await connection.quitting;
    connection.letGo();
    expect(await electron.app.exited).toBe(0);
  });
});

describe('quitting', () => {
  test('waits for the owner to end as the setting says, once, and leaves no stream open', async () => {
    const { electron, connection, tray } = await startDesktop();
    await expect.poll(() => connection.openStreams()).toBe(1);
    tray().pick('Quit Stint');
    electron.app.quit();
    await connection.quitting;
    expect(electron.app.exitCode).toBeUndefined();
    connection.letGo();
    expect(await electron.app.exited).toBe(0);
    expect(connection.openStreams()).toBe(0);
  });

  test('follows the end of the owner when Stint was stopped', async () => {
    const { electron, connection } = await startDesktop();
    connection.letGo();
    connection.lose('stopped');
    expect(await electron.app.exited).toBe(0);
  });

  test('is orderly when the computer shuts down', async () => {
    const { electron, connection } = await startDesktop();
    electron.shutDown();
    await connection.quitting;
    connection.letGo();
    expect(await electron.app.exited).toBe(0);
  });
});

test('logging off on Windows quits orderly', async () => {
  const { electron, connection, window } = await startDesktop();
  window().emit('session-end');
  await connection.quitting;
  connection.letGo();
  expect(await electron.app.exited).toBe(0);
});

test('waking from sleep makes the scheduler check at once', async () => {
  const { electron, connection } = await startDesktop();
  electron.wake();
  expect(connection.wakes()).toBe(1);
});

test('the window opens where it was closed, if a display is there', async () => {
  const first = await startDesktop();
  await expect.poll(() => first.window().visible).toBe(true);
  first.window().bounds = { x: 300, y: 200, width: 1000, height: 700 };
  first.window().close();
  const stateFile = join(first.home, 'desktop', 'window.json');
  await expect.poll(() => readFile(stateFile, 'utf8').catch(() => '')).toContain('"x":300');
  await first.quit();
  const { window } = await startDesktop({ home: first.home });
  expect(window().options).toMatchObject({ x: 300, y: 200, width: 1000, height: 700 });
});
