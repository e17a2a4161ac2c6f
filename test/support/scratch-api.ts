import { createApi, type Api, type Connection } from '../../src/api/api.ts';
import { createClient, type Client } from '../../src/client/client.ts';
import { fetchTransport } from '../../src/client/transport.ts';
import { scopesOfRole, type Role, type Scope } from '../../src/models/scope.ts';
import { scratchOwner, type ScratchOwner, type ScratchOwnerOptions } from './scratch-owner.ts';

export interface ScratchApi extends ScratchOwner {
  readonly api: Api;
  /** The typed client, as the owner over the socket. */
  readonly client: Client;
  /** A request with the owner's token unless `headers` say otherwise. */
  ask(method: string, path: string, options?: AskOptions): Promise<Response>;
  /** As somebody with just these rights. */
  askAs(
    principal: {
      readonly role: Role;
      readonly scopes?: readonly Scope[];
      readonly sessionId?: string;
    },
    method: string,
    path: string,
    body?: unknown,
  ): Promise<Response>;
}

export interface AskOptions {
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly connection?: Connection;
}

/** The HTTP app on a whole owner, called as the function that it is. */
export async function scratchApi(options: ScratchOwnerOptions = {}): Promise<ScratchApi> {
  const owner = await scratchOwner(options);
  const api = createApi(owner.stint);
  const token = owner.stint.access.ownerToken();
  const ask = async (
    method: string,
    path: string,
    { body, headers = {}, connection = { kind: 'socket' } }: AskOptions = {},
  ): Promise<Response> =>
    await api.fetch(
      new Request(`http://stint${path}`, {
        method,
        headers: {
          authorization: `Bearer ${token}`,
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(body === undefined
          ? {}
          : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      }),
      connection,
    );
  return {
    ...owner,
    api,
    ask,
    askAs: ({ role, scopes = scopesOfRole[role], sessionId }, method, path, body) =>
      ask(method, path, {
        ...(body === undefined ? {} : { body }),
        connection: {
          kind: 'in-process',
          principal: { subject: 'tester', role, scopes: new Set(scopes), sessionId },
        },
      }),
    client: createClient({
      transport: fetchTransport(
        (request) => api.fetch(request, { kind: 'socket' }),
        'http://stint',
      ),
      token: () => token,
    }),
  };
}
