import { createAdaptorServer } from '@hono/node-server';
import { once } from 'node:events';
import type { Server } from 'node:http';
import Module from 'node:module';
import type { AddressInfo } from 'node:net';
import { createFakeElectron } from './fake-electron.ts';
import type { Asker } from './session.ts';

/*
 * Loaded into a Node process before the desktop app's bundle (`node --require`), this makes
 * `require('electron/main')` the fake. Two loopback servers play what is outside: the page's network,
 * which leads to the window's session as Chromium's network service does, and the user's hands.
 */

const fake = createFakeElectron();

type Load = (request: string, ...others: unknown[]) => unknown;
const loader = Module as unknown as { _load: Load };
const load = loader._load;
loader._load = (request, ...others) =>
  /^electron(\/|$)/.test(request) ? fake.runtime : load.call(loader, request, ...others);

const window = () => fake.windows.find((one) => !one.isDestroyed());
const tray = () => fake.trays.at(-1);

/** The page's requests: loopback replaces the scheme, which plain Chromium does not know. */
async function loadForPage(request: Request): Promise<Response> {
  const { pathname, search } = new URL(request.url);
  const headers = new Headers(request.headers);
  headers.delete('host');
  if (headers.get('origin') === pageOrigin()) headers.set('origin', 'stint://app');
  const body = ['GET', 'HEAD'].includes(request.method) ? undefined : await request.arrayBuffer();
  const asked = new Request(`stint://app${pathname}${search}`, {
    method: request.method,
    headers,
    ...(body === undefined ? {} : { body }),
  });
  try {
    return (
      (await window()?.load(asked, askerOf(request.headers))) ?? new Response(null, { status: 503 })
    );
  } catch (error) {
    return new Response(String(error), { status: 502 });
  }
}

/** Fetch Metadata, translated into what Electron reports about a request. */
function askerOf(headers: Headers): Asker {
  const site = headers.get('sec-fetch-site');
  const initiator =
    site === 'same-origin'
      ? { initiatorOrigin: 'stint://app' }
      : site === 'none'
        ? {}
        : { initiatorOrigin: 'null' };
  const destination = headers.get('sec-fetch-dest');
  if (destination === 'document') return { resourceType: 'mainFrame', frame: 'gone', ...initiator };
  if (destination === 'iframe') return { resourceType: 'subFrame', frame: 'sub', ...initiator };
  return { frame: 'top', ...initiator };
}

/** What a person and the operating system do. */
async function lendHands(request: Request): Promise<Response> {
  const { hand, text = '' } = (await request.json()) as { hand: string; text?: string };
  switch (hand) {
    case 'state':
      break;
    case 'pick':
      tray()?.pick(text);
      break;
    case 'close-window':
      window()?.close();
      break;
    case 'copy':
      fake.copy(text);
      break;
    case 'wake':
      fake.wake();
      break;
    case 'quit':
      fake.app.quit();
      break;
    default:
      return new Response(`no such hand: ${hand}`, { status: 400 });
  }
  return Response.json({
    ready: window() !== undefined,
    windowVisible: window()?.visible ?? false,
    url: window()?.url,
    preload: window()?.options.webPreferences?.preload,
    tooltip: tray()?.tooltip,
    tray: tray()?.lines ?? [],
    told: fake.told,
  });
}

async function listen(fetch: (request: Request) => Promise<Response>): Promise<Server> {
  const server = createAdaptorServer({ fetch }) as Server;
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return server;
}

const originOf = (server: Server) => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
let page: Server | undefined;
const pageOrigin = () => (page === undefined ? '' : originOf(page));

void (async () => {
  page = await listen(loadForPage);
  const hands = await listen(lendHands);
  process.send?.({ page: originOf(page), hands: originOf(hands) });
  fake.app.becomeReady();
  process.exit(await fake.app.exited);
})();
