import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import {
  azureCredentials,
  azureScratch,
  azureTarget,
  pythonCache,
} from '../../support/scratch-azure.ts';
import {
  credentials,
  scratchDelivery,
  target,
  withoutReplacing,
} from '../../support/scratch-delivery.ts';

/** Counts from now on how often `ls` is asked for the access control list of a file. */
async function countLs(folder: string): Promise<(file: string) => Promise<number>> {
  const bin = join(folder, 'bin');
  const log = join(bin, 'log');
  await mkdir(bin);
  await writeFile(log, '');
  await writeFile(join(bin, 'ls'), `#!/bin/sh\necho "$@" >> '${log}'\nexec /bin/ls "$@"\n`);
  await chmod(join(bin, 'ls'), 0o755);
  const { PATH = '' } = process.env;
  process.env['PATH'] = `${bin}${delimiter}${PATH}`;
  onTestFinished(() => {
    process.env['PATH'] = PATH;
  });
  return async (file) =>
    (await readFile(log, 'utf8')).split('\n').filter((line) => line.endsWith(file)).length;
}

it.skipIf(process.platform === 'win32')(
  'the access control list of a file is read once for a file that only Stint replaces',
  async () => {
    const scratch = await scratchDelivery();
    const { folder, file, delivery } = scratch;
    await scratch.write('[personal]\nregion = eu-west-1\n');
    const asked = await countLs(folder);
    for (let seed = 1; seed <= 4; seed += 1) {
      await delivery.write(target('dev'), credentials(seed), withoutReplacing);
    }
    expect(await asked(file)).toBe(1);
    // Setting a list changes the status of the file, as this does.
    await chmod(file, 0o640);
    await delivery.write(target('dev'), credentials(5), withoutReplacing);
    expect(await asked(file)).toBe(2);
  },
);

it.skipIf(process.platform === 'win32')(
  'the same holds for the token cache of the Azure CLI, whose time Stint sets',
  async () => {
    const { home, cache, delivery } = await azureScratch();
    await cache.write(pythonCache({}));
    const asked = await countLs(home);
    for (let seed = 1; seed <= 4; seed += 1) {
      await delivery.write(azureTarget(), azureCredentials(seed), withoutReplacing);
    }
    expect(await asked(cache.path)).toBe(1);
  },
);
