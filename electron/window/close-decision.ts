export type CloseDecision = 'hide' | 'close';

/**
 * What the window's close button does. Sessions need Stint to run, so it goes on in the tray — but
 * only where a tray icon can be seen: a window hidden without one could not be found again.
 */
export function decideClose(state: {
  readonly quitting: boolean;
  readonly trayVisible: boolean;
}): CloseDecision {
  return !state.quitting && state.trayVisible ? 'hide' : 'close';
}
