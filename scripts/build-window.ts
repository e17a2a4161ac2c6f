import { execFile } from 'node:child_process';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress } from 'node:zlib';
import { helpOf, type ReleaseManifest } from './package/release-feed.ts';

const root = join(import.meta.dirname, '..');

/** Builds the window's page into dist/window, from where every host serves it. */
export async function buildWindow(): Promise<void> {
  const manifest = await readFile(join(root, 'package.json'), 'utf8');
  const help = JSON.stringify(helpOf(JSON.parse(manifest) as ReleaseManifest));
  await buildPage('window', [`--define=STINT_HELP=${help}`]);
  await compress(join(root, 'dist', 'window'));
}

/** Builds the Angular page that the bench compares the window with. Returns its folder. */
export async function buildEmptyPage(): Promise<string> {
  const folder = join(root, 'test-results', 'empty-page');
  await buildPage('empty-page');
  await compress(folder);
  return folder;
}

/** `project`: of angular.json. */
async function buildPage(project: string, options: readonly string[] = []): Promise<void> {
  const ng = join(root, 'node_modules', '@angular', 'cli', 'bin', 'ng.js');
  const args = [ng, 'build', project, '--progress=false', ...options];
  const env = { ...process.env, NG_CLI_ANALYTICS: 'false', CI: '1' };
  await new Promise<void>((resolve, reject) => {
    execFile(process.execPath, args, { cwd: root, env }, (error, stdout, stderr) => {
      if (error === null) resolve();
      else reject(new Error(`The project ${project} could not be built:\n${stdout}${stderr}`));
    });
  });
}

/** Beside each text, its brotli form (RFC 7932), which the owner sends to browsers; not the page, which gets a nonce. */
async function compress(folder: string): Promise<void> {
  const names = await readdir(folder);
  await Promise.all(
    names
      .filter((name) => /\.(js|css|svg)$/.test(name))
      .map(async (name) => {
        const contents = await promisify(brotliCompress)(await readFile(join(folder, name)));
        await writeFile(join(folder, `${name}.br`), contents);
      }),
  );
}

if (import.meta.main) await buildWindow();
