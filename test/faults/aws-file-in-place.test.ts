import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { minutes, stepsBetweenKills } from '../support/campaign.ts';
import { work, workerDelivery, workerTarget } from './aws-file-worker.ts';
import { plainVault } from './azure-cli-worker.ts';
import { moveJournal } from './move-journal.ts';

/**
 * kill -9 at every write, fsync, rename and removal of what a start, a rotation and a stop do to a
 * credentials file that is written in place. The user's own section has to be restored.
 */
const worker = join(import.meta.dirname, 'aws-file-worker.ts');
const preload = join(import.meta.dirname, 'pause-at-step.cjs');
const own =
  '# mine\r\n[a]\r\nx = 1\r\n\r\n[dev] ; old\r\naws_access_key_id = AKIAOWN\r\n[z]\r\ny = 2';

let scratch: string;
beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'stint-in-place-'));
});
afterAll(() => rm(scratch, { recursive: true, force: true }));

const fileIn = (folder: string) => join(folder, '.aws', 'credentials');

/** Runs the operation up to a step and kills it there; false if it ended before. */
async function killedAt(folder: string, operation: string, stopAt: number, half: boolean) {
  const control = join(folder, 'fault');
  await mkdir(control);
  await writeFile(join(control, 'armed.json'), JSON.stringify({ stopAt, half }));
  const args = ['--require', preload, worker, folder, operation, 'in-place'];
  const child = spawn(process.execPath, args, {
    env: { ...process.env, STINT_FAULT_FOLDER: folder },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const gone = once(child, 'exit');
  while (child.exitCode === null && !existsSync(join(control, 'hit'))) {
    await new Promise((resolve) => setTimeout(resolve, 3));
  }
  child.kill('SIGKILL');
  await gone;
  return existsSync(join(control, 'hit'));
}

describe.each(['start', 'rotate', 'stop'])('killed at a step of a %s', (operation) => {
  it.each([
    ['before it', false],
    ['half-way through', true],
  ])(
    '%s, the next owner restores the user’s file byte for byte, and it is the same file',
    async (_, half) => {
      const before = join(scratch, `${operation}-${String(half)}`);
      await mkdir(join(before, '.aws'), { recursive: true });
      await mkdir(join(before, 'stint'));
      await writeFile(fileIn(before), own);
      if (operation !== 'start') await work(before, 'start', true);
      for (let stopAt = 1; ; stopAt += stepsBetweenKills) {
        const folder = `${before}-${stopAt}`;
        await cp(before, folder, { recursive: true });
        // The journal and the stash name their folder.
        for (const name of ['cleanup.json', 'vault.json']) {
          const file = join(folder, 'stint', name);
          if (existsSync(file)) await moveJournal(file, before, folder);
        }
        const { ino } = await stat(fileIn(folder));
        const wasKilled = await killedAt(folder, operation, stopAt, half);
        const delivery = workerDelivery(folder, { inPlace: true });
        const isActive = operation === 'rotate';
        expect(await delivery.sweep(() => isActive)).toEqual([]);
        if (isActive) expect(await delivery.remove(workerTarget)).toEqual([]);
        expect(await readFile(fileIn(folder), 'utf8')).toBe(own);
        expect((await stat(fileIn(folder))).ino).toBe(ino);
        expect(await plainVault(join(folder, 'stint', 'vault.json')).names()).toEqual([]);
        await rm(folder, { recursive: true, force: true });
        if (!wasKilled) {
          expect(stopAt).toBeGreaterThan(10);
          return;
        }
      }
    },
    minutes(2),
  );
});
