import type { OnBeforeRequestListenerDetails } from 'electron/main';
import type { ShellSession } from '../runtime.ts';
import { appOrigin, isAppUrl } from './address.ts';

/** What is known about a request before it leaves the window's session. */
export interface AskingFrame {
  readonly url: string;
  readonly resourceType: string;
  readonly webContentsId: number | undefined;
  /** Undefined if the frame is gone, or the request has none (a worker). */
  readonly isTopFrame: boolean | undefined;
  readonly initiatorOrigin: string | undefined;
}

/**
 * Whether a request is allowed: only to the app's own address, from the top frame of the app's
 * window, started by the app's page or by the runtime. The protocol handler cannot tell which frame
 * asks, so this check comes before it.
 */
export function mayRequest(asking: AskingFrame, windowContentsId: number | undefined): boolean {
  if (!isAppUrl(asking.url)) return false;
  if (windowContentsId === undefined || asking.webContentsId !== windowContentsId) return false;
  if (asking.initiatorOrigin !== undefined && asking.initiatorOrigin !== appOrigin) return false;
  // The first load has no frame yet; loads started by pages are refused by the navigation guard.
  if (asking.resourceType === 'mainFrame') return asking.isTopFrame !== false;
  return asking.isTopFrame === true;
}

/** Checks everything that the session loads. */
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
