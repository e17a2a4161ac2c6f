import type { OnBeforeRequestListenerDetails } from 'electron/main';
import type { ShellSession } from '../runtime.ts';
import { appOrigin, isAppUrl } from './address.ts';

/** What is known of a request before it leaves the window's session. */
export interface AskingFrame {
  readonly url: string;
  readonly resourceType: string;
  readonly webContentsId: number | undefined;
  /** Undefined where the frame is gone, or the request has none (a worker). */
  readonly isTopFrame: boolean | undefined;
  readonly initiatorOrigin: string | undefined;
}

/**
 * Whether a request may go on: only to the app's own address, only from the top frame of the app's
 * own window, only started by the app's own page or by the runtime itself. The protocol handler
 * cannot tell which frame asks, so this is asked before it.
 */
export function mayRequest(asking: AskingFrame, windowContentsId: number | undefined): boolean {
  if (!isAppUrl(asking.url)) return false;
  if (windowContentsId === undefined || asking.webContentsId !== windowContentsId) return false;
  if (asking.initiatorOrigin !== undefined && asking.initiatorOrigin !== appOrigin) return false;
  // The first load has no frame yet; loads started by pages are refused by the navigation guard.
  if (asking.resourceType === 'mainFrame') return asking.isTopFrame !== false;
  return asking.isTopFrame === true;
}

/** Puts the guard before everything the session loads. */
export function guardFrames(
  session: ShellSession,
  windowContentsId: () => number | undefined,
): void {
  session.webRequest.onBeforeRequest((details, callback) => {
    callback({ cancel: !mayRequest(askingFrame(details), windowContentsId()) });
  });
}

function askingFrame(details: OnBeforeRequestListenerDetails): AskingFrame {
  return {
    url: details.url,
    resourceType: details.resourceType,
    webContentsId: details.webContentsId,
    isTopFrame: details.frame == null ? undefined : details.frame.parent === null,
    initiatorOrigin: details.initiatorOrigin,
  };
}
