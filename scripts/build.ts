import { build } from 'esbuild';
import { chmod } from 'node:fs/promises';
import { join } from 'node:path';
import { buildElectron } from './build-electron.ts';
import { buildWindow } from './build-window.ts';
import { programs, replaceProgram, root, version } from './programs.ts';

/*
 * `npm run build`: the programs that run on Node, each as one file in `dist/`, the desktop app and
 * the window. CommonJS where starting fast counts: an ESM import of `node:http` alone costs 20 ms.
 */

await Promise.all([
  buildWindow(),
  buildElectron({ version }),
  ...programs.map(async (program) => {
    const { outputFiles } = await build(program);
    await Promise.all(outputFiles.map(replaceProgram));
  }),
]);
if (process.platform !== 'win32') await chmod(join(root, 'bin', 'stint.js'), 0o755);
