import { serve, type ServerType } from '@hono/node-server';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import type { Page } from 'playwright-core';
import { createWindowFiles } from '../../../src/api/window/window-files.ts';
import { stint, type Scratch } from '../../demo/scratch.ts';
import { many } from '../many-sessions.ts';

/** The two pages that are compared, each opened in the given page of the browser. */
export interface Pages {
  /** Returns once all sessions are listed. Needs the probe, as asking from outside would slow the window down. */
  openWindow(page: Page): Promise<void>;
  /** The same without the probe. */
  openWindowAlone(page: Page): Promise<void>;
  openEmptyPage(page: Page): Promise<void>;
}

/** Serves the empty page from its folder with the code that serves the window, and stops that after the work. */
export async function withPages<T>(
  { scratch, emptyPage }: { readonly scratch: Scratch; readonly emptyPage: string },
  work: (pages: Pages) => Promise<T>,
): Promise<T> {
  const server = await serveFolder(emptyPage);
  const { port } = server.address() as AddressInfo;
  try {
    return await work({
      async openWindow(page) {
        await page.goto(await windowAddress(scratch));
        await page.evaluate(() => stintBench.listed());
      },
      async openWindowAlone(page) {
        await page.goto(await windowAddress(scratch));
        const entry = page.getByRole('button').filter({ hasText: 'All sessions' });
        // With those that the bench has added.
        await entry.filter({ hasText: new RegExp(`${many / 100}..`) }).waitFor();
      },
      async openEmptyPage(page) {
        await page.goto(`http://127.0.0.1:${port}/`);
        await page.getByRole('searchbox').waitFor();
      },
    });
  } finally {
    server.close();
  }
}

/** It works once. */
async function windowAddress(scratch: Scratch): Promise<string> {
  return (await stint(scratch, ['ui', '--no-open'])).trim();
}

async function serveFolder(folder: string): Promise<ServerType> {
  const files = createWindowFiles(folder);
  const server = serve({
    hostname: '127.0.0.1',
    port: 0,
    async fetch(request) {
      const { pathname } = new URL(request.url);
      const accepted = request.headers.get('accept-encoding') ?? '';
      const file = await files.find(pathname, accepted);
      return file?.response('') ?? new Response(undefined, { status: 404 });
    },
  });
  await once(server, 'listening');
  return server;
}
