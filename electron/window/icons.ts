import { join } from 'node:path';

export interface Icons {
  readonly tray: string;
  readonly window: string;
}

/**
 * Each platform's own kind of picture. macOS colours a `…Template` one itself and finds its `@2x`
 * companion, as the others find theirs.
 */
export function iconsFor(platform: NodeJS.Platform, folder: string): Icons {
  return {
    tray: join(folder, platform === 'darwin' ? 'trayTemplate.png' : 'tray.png'),
    window: join(folder, 'stint.png'),
  };
}
