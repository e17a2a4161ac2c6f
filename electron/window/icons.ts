import { join } from 'node:path';

export interface Icons {
  /** The folder with the tray's pictures; every platform finds the `@2x` variant of each by name. */
  readonly tray: string;
  readonly window: string;
}

export function iconsIn(folder: string): Icons {
  return { tray: join(folder, 'tray'), window: join(folder, 'stint.png') };
}
