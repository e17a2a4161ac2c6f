import type { TrayModel } from './tray-model.ts';

/** What the desktop says about itself. */
export interface PanelColours {
  readonly platform: NodeJS.Platform;
  /** The panel that shows the icon is dark. Linux does not say. */
  readonly darkPanel: boolean;
}

export interface TrayPicture {
  /** The picture in `electron/icons/tray`, which scripts/draw-icons.ts draws. */
  readonly picture: string;
  /** The text beside it, which only macOS shows. */
  readonly title: string;
}

/**
 * The icon for a state: an exclamation mark while a question waits, else how many sessions run. macOS
 * colours a template by itself and has room for the number beside it. On Windows the glyph has the colour
 * that its taskbar needs. Linux does not say what colour its panel has: there it brings its own ground.
 */
export function trayPicture(
  { running, waiting }: Pick<TrayModel, 'running' | 'waiting'>,
  { platform, darkPanel }: PanelColours,
): TrayPicture {
  if (platform === 'darwin') {
    const state = waiting > 0 ? 'waiting' : running > 0 ? 'running' : 'idle';
    return { picture: `${state}Template.png`, title: running === 0 ? '' : String(running) };
  }
  const ground = platform === 'win32' ? (darkPanel ? 'dark' : 'light') : 'tile';
  const count = running > 9 ? 'many' : String(running);
  return {
    picture: `${ground}-${waiting > 0 ? 'waiting' : running === 0 ? 'idle' : count}.png`,
    title: '',
  };
}
