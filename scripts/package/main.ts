import { stat } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { root } from '../programs.ts';
import { packDeb } from './deb/deb.ts';
import { packNpm } from './npm.ts';
import { writeReleaseFiles } from './release-files.ts';
import { packSea } from './sea.ts';

/*
 * `npm run package -- npm deb sea desktop`, after the build: an installable package of each kind that is
 * named, in `out/`. `release` comes last: what is published beside them.
 */

const kinds: Readonly<Record<string, (out: string) => Promise<string>>> = {
  npm: (out) => packNpm(out),
  deb: (out) => packDeb(out),
  sea: (out) => packSea(out),
  // electron-builder takes a second to load.
  desktop: async (out) => await (await import('./desktop/desktop.ts')).packDesktop(out),
  release: (out) => writeReleaseFiles(out),
};

const named = process.argv.slice(2);
const unknown = named.filter((kind) => kinds[kind] === undefined);
if (named.length === 0 || unknown.length > 0) {
  const what = named.length === 0 ? 'Name a kind of package' : `Unknown: ${unknown.join(', ')}`;
  console.error(`${what}. Kinds: ${Object.keys(kinds).join(', ')}`);
  process.exit(2);
}
for (const kind of named) {
  const file = await kinds[kind]?.(join(root, 'out'));
  if (file === undefined) continue;
  const found = await stat(file);
  const size = found.isFile() ? ` (${(found.size / 1e6).toFixed(1)} MB)` : '';
  console.log(`${kind}: ${relative(root, file)}${size}`);
}
