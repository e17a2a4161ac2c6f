import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { consoleFetch, openSessionConsole } from '../../electron/console/open-console.ts';
import type { Client } from '../../src/client/client.ts';
import { consoleHeader, type ConsoleBrowser } from '../../src/models/console-browser.ts';

const sessionId = '7a1c1f0e-3f55-4c1e-9f0e-0b1c2d3e4f50';

/** A browser that writes down what it was started with, and goes where the page sends it. */
const browserProgram = `#!${process.execPath}
const { readFileSync, writeFileSync } = require('node:fs');
const { fileURLToPath } = require('node:url');
writeFileSync(__dirname + '/arguments', process.argv.slice(2).join(' '));
const page = process.argv.at(-1);
const html = readFileSync(page.startsWith('file:') ? fileURLToPath(page) : page, 'utf8');
void fetch(/url=([^"]+)"/.exec(html)[1]);
`;

describe.skipIf(process.platform === 'win32')('the web console of a session', () => {
  let folder: string;
  let visited: string[];
  let url: string;
  let close: () => void;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'stint-console-'));
    await writeFile(join(folder, 'browser.cjs'), browserProgram);
    await chmod(join(folder, 'browser.cjs'), 0o755);
    visited = [];
    const cloud = createServer((request, response) => {
      visited.push(request.url ?? '');
      response.end();
    }).listen(0, '127.0.0.1');
    await once(cloud, 'listening');
    url = `http://127.0.0.1:${(cloud.address() as AddressInfo).port}/login?SigninToken=secret`;
    close = () => {
      cloud.close();
      cloud.closeAllConnections();
    };
  });
  afterEach(async () => {
    close();
    await rm(folder, { recursive: true });
  });

  function desktop(consoleBrowser: ConsoleBrowser) {
    const opened: string[] = [];
    const answers: Readonly<Record<string, object>> = {
      '/v1/settings': { consoleBrowser },
      '/v1/sessions/{id}': { sessionId, sessionName: 'payments' },
      '/v1/sessions/{id}/console': { url, secret: true },
    };
    const client = { request: (_method: string, path: string) => Promise.resolve(answers[path]) };
    const openExternal = (target: string) => Promise.resolve(void opened.push(target));
    const env = {
      PATH: process.env['PATH'],
      HOME: folder,
      DISPLAY: ':0',
      STINT_BROWSER: join(folder, 'browser.cjs'),
    };
    return {
      opened,
      parts: {
        runtime: { shell: { openExternal } },
        client: client as unknown as Client,
        home: folder,
        env,
      },
    };
  }
  /** As the owner answers `POST /v1/sessions/{id}/console`. */
  const answer = () =>
    Promise.resolve(
      Response.json({ url, secret: true }, { headers: { [consoleHeader]: sessionId } }),
    );
  const asked = () => new Request('stint://app/v1/sessions/x/console', { method: 'POST' });
  const ignored = (error: unknown) => {
    throw error;
  };

  test('opens in the usual browser from the tray', async () => {
    const { parts, opened } = desktop('default');
    await openSessionConsole(parts, sessionId);
    expect(opened).toEqual([url]);
  });

  test('opens in its own browser profile where the settings say so, from the window too', async () => {
    const { parts, opened } = desktop('chrome-profile');
    const page = await consoleFetch(answer, parts, ignored)(asked());
    expect(await page.json()).toEqual({ url: '', secret: false });
    await expect.poll(() => visited).toEqual(['/login?SigninToken=secret']);
    const given = await readFile(join(folder, 'arguments'), 'utf8');
    expect(given).toContain(`--user-data-dir=${join(folder, 'console', sessionId)}`);
    expect(given).not.toContain('SigninToken');
    expect(opened).toEqual([]);
  });

  test('is left to the page where the usual browser opens it', async () => {
    const { parts } = desktop('default');
    const page = await consoleFetch(answer, parts, ignored)(asked());
    expect(await page.json()).toEqual({ url, secret: true });
  });

  test('that no browser opens is an error that names the setting', async () => {
    const { parts } = desktop('chrome-profile');
    const none = { ...parts, env: { ...parts.env, STINT_BROWSER: join(folder, 'nothing') } };
    await expect(openSessionConsole(none, sessionId)).rejects.toThrow('console-browser');
  });
});
