export type CloseDecision = 'hide' | 'close';

/**
 * What the window's close button does. Sessions need Stint to run, so it stays in the tray, but only
 * if a tray icon is visible: without one a hidden window could not be opened again.
 */
export function decideClose(state: {
  readonly quitting: boolean;
  readonly trayVisible: boolean;
}): CloseDecision {
  return !state.quitting && state.trayVisible ? 'hide' : 'close';
}
