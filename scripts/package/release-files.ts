import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import type { Release } from '../../src/models/release.ts';
import { root } from '../programs.ts';
import { recipes, type Published } from './recipes.ts';
import { releaseFile, repositoryPage, type ReleaseManifest } from './release-feed.ts';

const run = promisify(execFile);

/** For so long nobody can present this release as the latest one. */
const validDays = 180;

/** What is written here, and their signatures. */
const own = /^(SHA256SUMS|stint-sbom\.cdx\.json|stint-release\.json)(\.minisig)?$/;

/**
 * Writes what is published beside the packages in the folder `out`: checksums, a bill of materials
 * (CycloneDX) of what runs, recipes for package managers, and what Stint reads about its newest release, which minisign has to sign
 * yet. Returns the path of the last one.
 */
export async function writeReleaseFiles(out: string, now = new Date()): Promise<string> {
  const manifest = JSON.parse(
    await readFile(join(root, 'package.json'), 'utf8'),
  ) as ReleaseManifest & Omit<Published, 'sums'>;
  const sbom = await run('npm', ['sbom', '--sbom-format', 'cyclonedx', '--omit', 'dev'], {
    cwd: root,
    maxBuffer: 2 ** 26,
    shell: process.platform === 'win32',
  });
  await writeFile(join(out, 'stint-sbom.cdx.json'), sbom.stdout);
  const entries = await readdir(out, { withFileTypes: true });
  const names = entries
    .filter((entry) => entry.isFile() && !own.test(entry.name))
    .map(({ name }) => name)
    .concat('stint-sbom.cdx.json')
    .toSorted();
  const sums = new Map<string, string>();
  for (const name of names) sums.set(name, await sha256(join(out, name)));
  const lines = [...sums].map(([name, sum]) => `${sum}  ${name}\n`);
  await writeFile(join(out, 'SHA256SUMS'), lines.join(''));
  for (const [path, text] of Object.entries(recipes(manifest, { ...manifest, sums }))) {
    const recipe = join(out, 'recipes', path);
    await mkdir(dirname(recipe), { recursive: true });
    await writeFile(recipe, text);
  }
  const page = repositoryPage(manifest);
  const release: Release = {
    name: 'stint',
    version: manifest.version,
    publishedAt: now.toISOString(),
    expires: new Date(now.getTime() + validDays * 86_400_000).toISOString(),
    ...(page === undefined ? {} : { page: `${page}/releases/tag/v${manifest.version}` }),
  };
  const file = join(out, releaseFile);
  await writeFile(file, `${JSON.stringify(release, undefined, 2)}\n`);
  return file;
}

async function sha256(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}
