import type { MenuItemConstructorOptions } from 'electron/main';

/** The application menu: it gives editing, zoom and window keys. No reload, no developer tools. */
export function menuBar(platform: NodeJS.Platform): MenuItemConstructorOptions[] {
  return [
    ...(platform === 'darwin' ? [{ role: 'appMenu' } as const] : []),
    { role: 'editMenu' },
    {
      label: 'View',
      submenu: [
        { role: 'resetZoom' },
        { role: 'zoomIn' },
        { role: 'zoomOut' },
        { type: 'separator' },
        { role: 'togglefullscreen' },
      ],
    },
    platform === 'darwin'
      ? { role: 'windowMenu' }
      : {
          label: 'Window',
          submenu: [
            { role: 'minimize' },
            { role: 'close' },
            { type: 'separator' },
            { role: 'quit' },
          ],
        },
  ];
}
