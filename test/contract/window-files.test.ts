import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync, brotliDecompressSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApi, type Api } from '../../src/api/api.ts';
import type { Services } from '../../src/services/services.ts';

let folder: string;
let api: Api;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stint-window-'));
  const built = join(folder, 'window');
  await mkdir(built);
  await writeFile(join(built, 'index.html'), '<p nonce="__STINT_NONCE__">Stint</p>');
  await writeFile(join(built, 'main-ABC.js'), 'run()');
  await writeFile(join(built, 'main-NMY5BZDH.js'), 'run()');
  await writeFile(join(built, 'main-NMY5BZDH.js.br'), brotliCompressSync('run()'));
  await writeFile(join(built, 'notes.secret'), 'no such kind of file is served');
  await writeFile(join(folder, 'outside.js'), 'outside');
  const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
  const services: Partial<Record<keyof Services, unknown>> = {
    log,
    metrics: { noteRequest: () => undefined },
    access: { verify: () => Promise.resolve(undefined) },
  };
  api = createApi(services as unknown as Services, { windowFolder: built });
});
afterAll(async () => {
  await rm(folder, { recursive: true });
});

/** As a browser asks over loopback, byte for byte: `new URL` would tidy the path up. */
async function get(path: string, headers = {}): Promise<Response> {
  const request = new Request('http://127.0.0.1:4711/', {
    headers: { host: '127.0.0.1:4711', ...headers },
  });
  Object.defineProperty(request, 'url', { value: `http://127.0.0.1:4711${path}` });
  return await api.fetch(request, { kind: 'tcp', port: 4711 });
}

describe('the window’s files', () => {
  it('are served by their kind; a path without one is the page', async () => {
    const script = await get('/main-ABC.js');
    expect(script.headers.get('content-type')).toBe('text/javascript; charset=utf-8');
    expect(await script.text()).toBe('run()');
    for (const path of ['/', '/index.html', '/some/place']) {
      const page = await get(path);
      expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
    }
  });

  it('are kept by browsers when their names change with their content, and compressed for those that can', async () => {
    const plain = await get('/main-NMY5BZDH.js', { 'accept-encoding': 'gzip, br;q=0' });
    expect(plain.headers.get('content-encoding')).toBeNull();
    expect(await plain.text()).toBe('run()');
    const compressed = await get('/main-NMY5BZDH.js', { 'accept-encoding': 'gzip, br' });
    expect(Object.fromEntries(compressed.headers)).toMatchObject({
      'cache-control': 'public, max-age=31536000, immutable',
      'content-encoding': 'br',
      vary: 'Accept-Encoding',
    });
    expect(brotliDecompressSync(await compressed.arrayBuffer()).toString()).toBe('run()');
    expect((await get('/main-ABC.js')).headers.get('cache-control')).toBe('no-store');
  });

  it('carry a nonce of their own in page and policy at each visit', async () => {
    const visits = await Promise.all([get('/'), get('/')]);
    const nonces = await Promise.all(
      visits.map(async (page) => {
        const nonce = /nonce="([^"]+)"/.exec(await page.text())?.[1] ?? '';
        expect(page.headers.get('content-security-policy')).toContain(`'nonce-${nonce}'`);
        return nonce;
      }),
    );
    expect(nonces[0]).toMatch(/^[A-Za-z0-9+/]{22}==$/);
    expect(nonces[0]).not.toBe(nonces[1]);
  });

  it('let the page run and show just what came with it, in no frame, and tell nobody of it', async () => {
    const { headers } = await get('/');
    expect(headers.get('content-security-policy')?.replaceAll(/nonce-[^']+/g, 'nonce-N')).toBe(
      "default-src 'none'; script-src 'self' 'nonce-N'; style-src 'self' 'nonce-N'; img-src 'self' data:; " +
        "font-src 'self'; connect-src 'self'; base-uri 'self'; form-action 'none'; " +
        "frame-ancestors 'none'; require-trusted-types-for 'script'; " +
        'trusted-types angular angular#bundler',
    );
    expect(Object.fromEntries(headers)).toMatchObject({
      'cache-control': 'no-store',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
    });
    expect(headers.has('strict-transport-security')).toBe(false);
  });

  it.each([
    '/../outside.js',
    '/..%2foutside.js',
    '/%2e%2e/outside.js',
    '/x/../../outside.js',
    '//outside.js',
    '/%00main-ABC.js',
    '/%zz.js',
    '/missing.js',
    '/notes.secret',
    '/..%5coutside.js',
  ])('lead nowhere else: %s', async (path) => {
    const answer = await get(path);
    expect(await answer.text()).not.toBe('outside');
    expect(answer.status).not.toBe(200);
  });

  it('that are none of the build are not there, whatever they are called', async () => {
    await symlink(join(folder, 'nowhere.js'), join(folder, 'window', 'dangling.js'));
    expect((await get('/dangling.js')).status).not.toBe(200);
  });
});
