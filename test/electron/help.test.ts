import { describe, expect, test } from 'vitest';
import { startDesktop } from './running-desktop.ts';

describe('help in the tray', () => {
  test('opens the guide and the page for problems in the browser, where package.json names them', async () => {
    const help = { guide: 'https://stint.example/', problems: 'https://stint.example/issues' };
    const { electron, tray, trayShows } = await startDesktop({ help });
    await trayShows('payments');
    tray().pick('Help…');
    tray().pick('Report a problem…');
    expect(electron.openedOutside).toEqual([help.guide, help.problems]);
  });

  test('shows the shortcuts in the window otherwise, and no page for problems', async () => {
    const { electron, window, tray, trayShows } = await startDesktop();
    await trayShows('payments');
    window().hide();
    tray().pick('Help…');
    expect([window().visible, window().url]).toEqual([true, 'stint://app/#help']);
    expect(tray().lines).not.toContain('Report a problem…');
    expect(electron.openedOutside).toEqual([]);
  });

  test('reports that no browser opened', async () => {
    const help = { guide: 'https://stint.example/' };
    const { electron, tray, trayShows } = await startDesktop({ help, fake: { hasBrowser: false } });
    await trayShows('payments');
    tray().pick('Help…');
    await expect.poll(() => electron.told).toEqual(['Stint: no application is registered']);
  });
});
