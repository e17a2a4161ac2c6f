import { createRequire } from 'node:module';
import { join } from 'node:path';
import { getAssetKeys, getRawAsset } from 'node:sea';
import { takeHome } from '../arguments/take-home.ts';
import { ownerLocation } from '../../client/node/owner-location.ts';
import { unpackProgram } from './unpack-program.ts';

/*
 * The single executable (scripts/package/sea.ts): a Node with Stint's files inside. It unpacks them
 * once, since Node loads native modules, and modules that read files of their own, from folders only.
 * Then it runs the same programs as every other package.
 */

/** Names the content of this executable, inserted when it is made. */
declare const STINT_BUILD: string;

/** The first argument where this is not the command but a program beside it (own-program.ts). */
const asHelper = '__helper';

function run(): void {
  const [, , first, helper] = process.argv;
  const { env } = takeHome(process.env, process.argv.slice(2));
  const folder = unpackProgram({
    home: ownerLocation(env).home,
    build: STINT_BUILD,
    files: getAssetKeys(),
    read: (file) => new Uint8Array(getRawAsset(file)),
  });
  const name = first === asHelper && /^[a-z-]+$/.test(helper ?? '') ? helper : 'stint';
  const script = join(folder, 'dist', `${name}.cjs`);
  createRequire(script)(script);
}

try {
  run();
} catch (error) {
  process.stderr.write(`stint: ${(error as Error).message}\n`);
  process.exitCode = 1;
}
