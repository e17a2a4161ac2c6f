import { createClient, type Client } from '../../src/client/client.ts';
import { fetchTransport } from '../../src/client/transport.ts';
import type { Runtime } from '../runtime.ts';
import { appOrigin } from '../scheme/address.ts';
import { authenticatedFetch } from './authenticated-fetch.ts';
import { confirmAsOwner, confirmedFetch } from './confirmed-fetch.ts';
import type { OwnerConnection } from './owner-connection.ts';

export interface OwnerAccess {
  /** What the page may: some of it after the person has confirmed it. */
  readonly fetch: (request: Request) => Promise<Response>;
  /** The same for this process, which needs no token. */
  readonly client: Client;
  /** With the rights of the owner. */
  readonly ownerClient: Client;
}

export function ownerAccess(
  connection: Pick<OwnerConnection, 'fetch' | 'fetchAsOwner'>,
  runtime: Pick<Runtime, 'dialog' | 'systemPreferences'>,
  platform: NodeJS.Platform,
): OwnerAccess {
  const fetchAsOwner = (request: Request) => connection.fetchAsOwner(request);
  const fetch = authenticatedFetch(
    confirmedFetch({
      fetch: (request) => connection.fetch(request),
      fetchAsOwner,
      confirm: (question) => confirmAsOwner(runtime, question),
    }),
    runtime.systemPreferences,
    platform,
  );
  return { fetch, client: clientOn(fetch), ownerClient: clientOn(fetchAsOwner) };
}

function clientOn(fetch: (request: Request) => Promise<Response>): Client {
  return createClient({ transport: fetchTransport(fetch, appOrigin), token: () => undefined });
}
