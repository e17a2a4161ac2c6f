import type { ShellSession } from '../runtime.ts';
import { appScheme } from './address.ts';
import { isOwnRequest } from './provenance.ts';

/**
 * Answers the scheme with the HTTP app, in this session only: sign-in windows are in other
 * partitions and cannot reach it.
 */
export function serveScheme(
  session: ShellSession,
  fetch: (request: Request) => Promise<Response>,
): void {
  session.protocol.handle(appScheme, async (request) => {
    const own = isOwnRequest({
      url: request.url,
      origin: request.headers.get('origin'),
      fetchSite: request.headers.get('sec-fetch-site'),
    });
    return own ? await fetch(request) : new Response(null, { status: 403 });
  });
}
