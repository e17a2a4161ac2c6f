import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { root, version } from '../programs.ts';
import { licenceList } from './licences.ts';

/** What the command and the agent run, of all that the build makes. */
const bundles = [
  'stint.cjs',
  'complete.cjs',
  'session-list.cjs',
  'all-commands.cjs',
  'agent.cjs',
  'aws-sdk.cjs',
  'azure-sdk.cjs',
  'keychain-child.cjs',
  'remove-page.cjs',
];

/** What a package is made of. */
export interface Built {
  readonly version: string;
  /** The folder of what the build made. */
  readonly dist: string;
}

/** What `npm run build` has made. */
export const ownBuild: Built = { version, dist: join(root, 'dist') };

/** Copies the built command, agent and window, with their licences, into a new folder. */
export async function copyProgram(folder: string, built: Built = ownBuild): Promise<void> {
  const dist = join(folder, 'dist');
  await mkdir(dist, { recursive: true });
  await Promise.all([
    ...bundles.map(async (name) => {
      const text = await readFile(join(built.dist, name), 'utf8');
      // The maps stay behind: they are twice as large as the programs.
      await writeFile(join(dist, name), text.replace(/\n\/\/# sourceMappingURL=\S+\s*$/, '\n'));
    }),
    cp(join(built.dist, 'window'), join(dist, 'window'), { recursive: true }),
    cp(join(root, 'LICENSE'), join(folder, 'LICENSE')),
    writeFile(join(folder, 'THIRD-PARTY-LICENCES.txt'), licenceList()),
  ]);
}
