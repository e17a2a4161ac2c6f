import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../programs.ts';

interface LockedPackage {
  readonly version: string;
  readonly license?: string;
  readonly dev?: boolean;
  readonly optional?: boolean;
}

/**
 * The licences of everything that may be in the bundles: each package that Stint depends on at run
 * time, with its text. Packages that npm installs beside Stint bring their own. Throws Error for a
 * package that states no licence.
 */
export function licenceList(): string {
  const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as {
    readonly packages: Readonly<Record<string, LockedPackage>>;
  };
  const parts = Object.entries(packages).flatMap(([path, locked]) => {
    const folder = join(root, path);
    if (path === '' || locked.dev === true || locked.optional === true || !existsSync(folder)) {
      return [];
    }
    const name = path.replace(/^.*node_modules\//, '');
    if (locked.license === undefined) throw new Error(`${name} states no licence.`);
    return [[`${name} ${locked.version} (${locked.license})`, ...textsIn(folder)].join('\n\n')];
  });
  const title = 'Stint contains these packages, under the licences of their authors.';
  return [title, ...parts].join(`\n\n${'-'.repeat(80)}\n\n`) + '\n';
}

function textsIn(folder: string): readonly string[] {
  return globSync('{LICEN[SC]E,licen[sc]e,NOTICE,COPYING}*', { cwd: folder })
    .filter((file) => !/\.(js|ts|json)$/.test(file))
    .toSorted()
    .map((file) => readFileSync(join(folder, file), 'utf8').trim());
}
