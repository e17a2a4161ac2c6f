import { randomBytes } from 'node:crypto';
import type { Services } from '../services/services.ts';
import { buildApp } from './app.ts';
import type { Connection } from './context.ts';
import { DirectCredentials, type DirectAnswer, type RawRequest } from './direct-credentials.ts';
import { RememberedAnswers } from './idempotency/remembered-answers.ts';
import { createWindowFiles } from './window/window-files.ts';

export type { Connection } from './context.ts';
export type { DirectAnswer, RawRequest } from './direct-credentials.ts';

/** The HTTP app as one function: the socket, loopback TCP, the desktop's scheme and tests call it. */
export interface Api {
  fetch(request: Request, connection: Connection): Promise<Response>;
  /**
   * The same answer for less where an SDK asks for credentials and nothing is unusual; undefined where
   * `fetch` has to be asked, which nothing has happened for yet.
   */
  direct(
    request: RawRequest,
    connection: Connection,
  ): Promise<DirectAnswer | undefined> | undefined;
}

/** `windowFolder`: where the window was built to; without one there is no window. */
export function createApi(
  services: Services,
  { windowFolder }: { readonly windowFolder?: string | undefined } = {},
): Api {
  const app = buildApp();
  const shared = {
    services,
    streamId: randomBytes(6).toString('base64url'),
    answers: new RememberedAnswers(),
    windowFiles: windowFolder === undefined ? undefined : createWindowFiles(windowFolder),
  };
  const credentials = new DirectCredentials(services);
  return {
    direct: (request, connection) => credentials.answer(request, connection),
    fetch: async (request, connection) => await app.fetch(request, { ...shared, connection }),
  };
}
