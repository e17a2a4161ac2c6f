import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { globSync } from 'node:fs';
import { chmod, copyFile, mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { completionScripts } from '../../../src/cli/completion/scripts.ts';
import { systemdUnit } from '../../../src/cli/service/systemd-unit.ts';
import { root } from '../../programs.ts';
import { carriedNode, copyModules } from '../carried-modules.ts';
import { manPage } from '../man-page.ts';
import { copyProgram, ownBuild, type Built } from '../program-files.ts';

const run = promisify(execFile);

/** Debian's names of the processors for which npm has Node. */
const architectures: Readonly<Record<string, string>> = { x64: 'amd64', arm64: 'arm64' };

/**
 * Makes a Debian package of what is built, with its own Node, and returns its path in the folder
 * `out`. Throws Error on a system without dpkg-deb, or a processor for which npm has no Node.
 */
export async function packDeb(out: string, built: Built = ownBuild): Promise<string> {
  const architecture = architectures[process.arch];
  if (architecture === undefined) throw new Error(`There is no Node for ${process.arch} to carry.`);
  const folder = await mkdtemp(join(tmpdir(), 'stint-deb-'));
  try {
    await chmod(folder, 0o755);
    await writeSystemFiles(folder, built);
    await writeControl(folder, { architecture, version: built.version });
    await mkdir(out, { recursive: true });
    const file = join(out, `stint_${built.version}_${architecture}.deb`);
    // A higher level takes three times as long, for a tenth of the size.
    await run('dpkg-deb', ['--build', '--root-owner-group', '-Zxz', '-z1', folder, file]);
    return file;
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** Everything that the package puts below /usr. */
async function writeSystemFiles(folder: string, built: Built): Promise<void> {
  const library = join(folder, 'usr/lib/stint');
  await copyProgram(library, built);
  await copyModules(library);
  const node = carriedNode();
  await copyFile(node.program, join(library, 'node'));
  const own = (name: string) => readFile(join(import.meta.dirname, name));
  const licence = async (file: string) => await readFile(file, 'utf8');
  const files: Readonly<Record<string, string | Buffer>> = {
    'lib/stint/dist/updated-by': 'Your system updates it: sudo apt-get upgrade\n',
    'bin/stint': await own('stint.sh'),
    'lib/systemd/user/stint.service': systemdUnit({
      program: ['/usr/bin/stint'],
      environment: {},
    }),
    'share/applications/stint.desktop': await own('stint.desktop'),
    'share/icons/hicolor/512x512/apps/stint.png': await readFile(
      join(root, 'electron/icons/stint.png'),
    ),
    'share/bash-completion/completions/stint': completionScripts.bash,
    'share/zsh/vendor-completions/_stint': completionScripts.zsh,
    'share/fish/vendor_completions.d/stint.fish': completionScripts.fish,
    'share/man/man1/stint.1.gz': compressed(manPage(built.version)),
    'share/doc/stint/NEWS.gz': compressed(await readFile(join(root, 'CHANGELOG.md'), 'utf8')),
    'share/doc/stint/copyright': [
      await licence(join(library, 'LICENSE')),
      await licence(join(library, 'THIRD-PARTY-LICENCES.txt')),
      `The program /usr/lib/stint/node is Node.js:\n\n${await licence(node.licence)}`,
    ].join(`\n\n${'-'.repeat(80)}\n\n`),
  };
  for (const [path, content] of Object.entries(files)) {
    const file = join(folder, 'usr', path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, content);
  }
  // Both are in `copyright`, where Debian's users look for them.
  await Promise.all(['LICENSE', 'THIRD-PARTY-LICENCES.txt'].map((name) => rm(join(library, name))));
  await Promise.all(paths(folder).map((path) => chmod(path, 0o644)));
  await chmod(join(folder, 'usr/bin/stint'), 0o755);
  await chmod(join(library, 'node'), 0o755);
}

async function writeControl(
  folder: string,
  { architecture, version }: { architecture: string; version: string },
): Promise<void> {
  const files = paths(folder);
  const sizes = await Promise.all(files.map(async (path) => (await stat(path)).size));
  const sums = await Promise.all(
    files.map(async (path) => {
      const md5 = createHash('md5').update(await readFile(path));
      return `${md5.digest('hex')}  ${path.slice(folder.length + 1)}\n`;
    }),
  );
  const control = join(folder, 'DEBIAN');
  await mkdir(control, { mode: 0o755 });
  await writeFile(join(control, 'md5sums'), sums.join(''));
  await writeFile(
    join(control, 'control'),
    `Package: stint
Version: ${version}
Architecture: ${architecture}
Maintainer: The Stint authors <stint@localhost>
Installed-Size: ${Math.ceil(sizes.reduce((sum, size) => sum + size, 0) / 1024)}
Depends: libc6 (>= 2.28), libgcc-s1, libstdc++6
Recommends: libsecret-1-0, libglib2.0-bin | dbus, xdg-utils
Suggests: chromium | www-browser
Section: utils
Priority: optional
Description: cloud credential sessions for AWS and Azure
 Stint starts, renews and stops sessions for AWS accounts and Azure
 subscriptions, and puts their temporary credentials where SDKs and tools
 look for them.
 .
 This package has the command, the agent, and the window for your browser.
 It brings its own Node.
`,
  );
  await copyFile(join(import.meta.dirname, 'prerm'), join(control, 'prerm'));
  await chmod(join(control, 'prerm'), 0o755);
}

/** The files in `folder`, sorted. */
function paths(folder: string): readonly string[] {
  return globSync('**/*', { cwd: folder, withFileTypes: true })
    .filter((one) => one.isFile())
    .map(({ parentPath, name }) => join(parentPath, name))
    .toSorted();
}

/** Without name and time, so that the same content gives the same bytes. */
function compressed(text: string): Buffer {
  return gzipSync(text, { level: 9 });
}
