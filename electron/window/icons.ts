import { join } from 'node:path';

export interface Icons {
  readonly tray: string;
  readonly window: string;
}

/**
 * The icons for a platform. macOS colours a `…Template` image itself; every platform finds the `@2x`
 * variant by name.
 */
export function iconsFor(platform: NodeJS.Platform, folder: string): Icons {
  return {
    tray: join(folder, platform === 'darwin' ? 'trayTemplate.png' : 'tray.png'),
    window: join(folder, 'stint.png'),
  };
}
