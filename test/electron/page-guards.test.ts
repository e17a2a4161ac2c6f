import { describe, expect, test } from 'vitest';
import { startDesktop } from './running-desktop.ts';

describe('the page in the window', () => {
  test('is answered over the scheme, in the window’s session and no other', async () => {
    const { electron, window } = await startDesktop();
    const answer = await window().load(new Request('stint://app/v1/sessions'));
    expect(await answer.json()).toMatchObject({ items: [{ sessionName: 'payments' }] });
    const elsewhere = electron.session('persist:sign-in');
    await expect(
      elsewhere.load(new Request('stint://app/v1/sessions'), { webContentsId: 1 }),
    ).rejects.toThrow('ERR_UNKNOWN_URL_SCHEME');
  });

  test('gets nothing for a frame inside it, another window, or a remote address', async () => {
    const { window } = await startDesktop();
    const sessions = () => new Request('stint://app/v1/sessions');
    for (const asker of [{ frame: 'sub' }, { frame: 'gone' }, { webContentsId: 99 }] as const) {
      await expect(window().load(sessions(), asker)).rejects.toThrow('ERR_BLOCKED_BY_CLIENT');
    }
    await expect(window().load(new Request('https://evil.example/'))).rejects.toThrow(
      'ERR_BLOCKED_BY_CLIENT',
    );
  });

  test('is refused if the request says that a foreign page sent it', async () => {
    const { window } = await startDesktop();
    const forged = new Request('stint://app/v1/sessions', {
      headers: { 'x-test': '1', origin: 'https://evil.example' },
    });
    expect((await window().load(forged)).status).toBe(403);
  });

  test('does not navigate, opens nothing and embeds nothing', async () => {
    const { window } = await startDesktop();
    const { webContents } = window();
    for (const event of ['will-navigate', 'will-frame-navigate', 'will-redirect']) {
      expect(webContents.tryToNavigate('https://evil.example/', event)).toBe(false);
    }
    expect(webContents.tryToNavigate('stint://app/')).toBe(true);
    expect(webContents.tryToOpen('stint://app/')).toBe(false);
    expect(webContents.tryToAttachWebview()).toBe(false);
  });

  test('may write to the clipboard and nothing else', async () => {
    const { window } = await startDesktop();
    const { session } = window();
    expect(session.grants('clipboard-sanitized-write', 'stint://app/')).toBe(true);
    for (const permission of ['clipboard-read', 'media', 'geolocation', 'notifications', 'usb']) {
      expect(session.grants(permission, 'stint://app/')).toBe(false);
    }
    expect(session.grants('clipboard-sanitized-write', 'https://evil.example/')).toBe(false);
    expect(
      session.grantsDevice({ deviceType: 'usb', origin: 'stint://app' } as Parameters<
        typeof session.grantsDevice
      >[0]),
    ).toBe(false);
  });

  test('opens its links in the browser, unknown hosts only after a question', async () => {
    const { electron, window } = await startDesktop();
    const { webContents } = window();
    webContents.tryToOpen('https://docs.aws.amazon.com/IAM/');
    await expect.poll(() => electron.openedOutside).toEqual(['https://docs.aws.amazon.com/IAM/']);
    webContents.tryToOpen('https://elsewhere.example/');
    await expect.poll(() => electron.told).toEqual(['Open elsewhere.example in your browser?']);
    webContents.tryToOpen('file:///etc/passwd');
    expect(electron.openedOutside).toHaveLength(1);
    electron.answerQuestion(0);
    webContents.tryToOpen('https://elsewhere.example/');
    await expect.poll(() => electron.openedOutside.at(-1)).toBe('https://elsewhere.example/');
  });

  test('says so if a link cannot be opened, and shows it', async () => {
    const { electron, window } = await startDesktop({ fake: { hasBrowser: false } });
    window().webContents.tryToOpen('https://docs.aws.amazon.com/IAM/');
    await expect
      .poll(() => electron.told)
      .toEqual([
        'No browser opened: https://docs.aws.amazon.com/IAM/\n\nno application is registered',
      ]);
  });
});
