import { expect, test, vi } from 'vitest';
import { startDesktop } from './running-desktop.ts';

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
