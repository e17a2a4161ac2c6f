import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createWindowFiles, type WindowFiles } from '../../src/api/window/window-files.ts';

let folder: string;
let files: WindowFiles;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stint-window-'));
  const built = join(folder, 'window');
  await mkdir(built);
  await writeFile(join(built, 'index.html'), '<p nonce="__STINT_NONCE__">Stint</p>');
  await writeFile(join(built, 'main-ABC.js'), 'run()');
  await writeFile(join(built, 'notes.secret'), 'no such kind of file is served');
  await writeFile(join(folder, 'outside.js'), 'outside');
  files = createWindowFiles(built);
});
afterAll(async () => {
  await rm(folder, { recursive: true });
});

describe('the window’s files', () => {
  it('are served by their kind; a path without one is the page', async () => {
    const script = await files.answer('/main-ABC.js');
    expect(script?.headers.get('content-type')).toBe('text/javascript; charset=utf-8');
    expect(await script?.text()).toBe('run()');
    for (const path of ['/', '/index.html', '/some/place']) {
      const page = await files.answer(path);
      expect(page?.headers.get('content-type')).toBe('text/html; charset=utf-8');
    }
  });

  it('carry a nonce of their own in page and policy at each visit', async () => {
    const visits = await Promise.all([files.answer('/'), files.answer('/')]);
    const nonces = await Promise.all(
      visits.map(async (page) => {
        const nonce = /nonce="([^"]+)"/.exec((await page?.text()) ?? '')?.[1] ?? '';
        expect(page?.headers.get('content-security-policy')).toContain(`'nonce-${nonce}'`);
        return nonce;
      }),
    );
    expect(nonces[0]).toMatch(/^[A-Za-z0-9+/]{22}==$/);
    expect(nonces[0]).not.toBe(nonces[1]);
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
    const answer = await files.answer(path);
    expect(await answer?.text()).not.toBe('outside');
    expect(answer).toBeUndefined();
  });

  it('that are none of the build are not there, whatever they are called', async () => {
    await symlink(join(folder, 'nowhere.js'), join(folder, 'window', 'dangling.js'));
    expect(await files.answer('/dangling.js')).toBeUndefined();
  });
});
