import { randomBytes } from 'node:crypto';
import type { Services } from '../services/services.ts';
import { buildApp } from './app.ts';
import type { Connection } from './context.ts';
import { FailedVerifications } from './guards/failed-verifications.ts';
import { createWindowFiles } from './window/window-files.ts';

export type { Connection } from './context.ts';

/** The HTTP app as one function: the socket, loopback TCP, the desktop's scheme and tests call it. */
export interface Api {
  fetch(request: Request, connection: Connection): Promise<Response>;
}

/**
 * `windowFolder`: where the window was built to; without one there is no window. `now`: milliseconds
 * since the epoch, for the limit on failed verifications.
 */
export function createApi(
  services: Services,
  {
    windowFolder,
    now = Date.now,
  }: { readonly windowFolder?: string | undefined; readonly now?: () => number } = {},
): Api {
  const app = buildApp();
  const shared = {
    services,
    failedVerifications: new FailedVerifications(now),
    streamId: randomBytes(6).toString('base64url'),
    windowFiles: windowFolder === undefined ? undefined : createWindowFiles(windowFolder),
  };
  return {
    fetch: async (request, connection) => await app.fetch(request, { ...shared, connection }),
  };
}
