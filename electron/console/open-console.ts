import { openConsole } from '../../src/browser/open-console.ts';
import type { Client } from '../../src/client/client.ts';
import { consoleHeader } from '../../src/models/console-browser.ts';
import type { Runtime } from '../runtime.ts';

export interface ConsoleParts {
  readonly runtime: Pick<Runtime, 'shell'>;
  readonly client: Client;
  /** For the browser profiles. */
  readonly home: string;
  readonly env: NodeJS.ProcessEnv;
}

/**
 * Opens the web console of a session in the browser that the setting `consoleBrowser` names. Throws
 * Problem, and Error where no browser opens.
 */
export async function openSessionConsole(parts: ConsoleParts, sessionId: string): Promise<void> {
  const { url } = await parts.client.request('POST', '/v1/sessions/{id}/console', {
    path: { id: sessionId },
    body: {},
  });
  await openInBrowser(parts, { sessionId, url });
}

/**
 * `fetch` for the window: where the setting names another browser than the usual one, the console is
 * opened here and its address, which is a secret, stays away from the page. `failed`: no browser opened.
 */
export function consoleFetch(
  fetch: (request: Request) => Promise<Response>,
  parts: ConsoleParts,
  failed: (error: unknown) => void,
): (request: Request) => Promise<Response> {
  return async (request) => {
    const answer = await fetch(request);
    // By the answer: a path can be spelled in many ways.
    const sessionId = answer.headers.get(consoleHeader);
    if (sessionId === null) return answer;
    const { consoleBrowser } = await parts.client.request('GET', '/v1/settings');
    if (consoleBrowser === 'default') return answer;
    const { url } = (await answer.json()) as { readonly url: string };
    openInBrowser(parts, { sessionId, url }).catch(failed);
    const empty = { url: '', secret: false };
    return Response.json(empty, { headers: { 'cache-control': 'no-store' } });
  };
}

async function openInBrowser(
  { runtime, client, home, env }: ConsoleParts,
  { sessionId, url }: { readonly sessionId: string; readonly url: string },
): Promise<void> {
  const { consoleBrowser: browser } = await client.request('GET', '/v1/settings');
  if (browser === 'default') {
    await runtime.shell.openExternal(url);
    return;
  }
  const session = await client.request('GET', '/v1/sessions/{id}', { path: { id: sessionId } });
  if (await openConsole(url, { session, browser, home, env })) return;
  throw new Error(
    `No browser opened the console of ${session.sessionName}. Choose another: stint settings set console-browser default`,
  );
}
