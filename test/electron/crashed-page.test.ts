import { expect, test, vi } from 'vitest';
import { startDesktop } from './running-desktop.ts';
import { anySession, copiedText } from './scripted-owner.ts';

test('a page that has crashed is loaded again, since the owner has all that it shows, but not in a loop', async () => {
  const { window } = await startDesktop();
  await expect.poll(() => window().loads).toBe(1);
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 60_000 });
  try {
    window().webContents.emit('render-process-gone');
    await expect.poll(() => window().loads).toBe(2);
    window().webContents.emit('render-process-gone');
    expect(window().loads).toBe(2);
  } finally {
    vi.useRealTimers();
  }
});

test('quitting clears credentials that the window has copied, also after its page has crashed', async () => {
  const { electron, connection, window } = await startDesktop();
  const { clipboard } = electron.runtime;
  const path = `stint://app/v1/sessions/${anySession.sessionId}/copy`;
  await window().load(new Request(path, { method: 'POST' }));
  expect(await clipboard.readText()).toBe(copiedText);
  window().webContents.emit('render-process-gone');
  expect(await clipboard.readText()).toBe(copiedText);
  electron.app.quit();
  connection.letGo();
  await electron.app.exited;
  expect(await clipboard.readText()).toBe('');
});
