import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  azureTarget,
  foreignSubscription,
  foreignTables,
  pythonCache,
  pythonProfile,
} from '../support/scratch-azure-values.ts';
import { plainVault, work, workerDelivery } from './azure-cli-worker.ts';
import { minutes, stepsBetweenKills } from '../support/campaign.ts';
import { moveJournal } from './move-journal.ts';

/**
 * kill -9 at every write, fsync, rename and removal of what a start, a rotation and a stop do in the
 * Azure CLI's files. The user's profile lists the same subscription, which has to be restored.
 */
const worker = join(import.meta.dirname, 'azure-cli-worker.ts');
const preload = join(import.meta.dirname, 'pause-at-step.cjs');
const profile = pythonProfile(foreignSubscription(7, { isDefault: true }), foreignSubscription(1));
const cache = pythonCache(foreignTables());

let scratch: string;
beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'stint-azure-steps-'));
});
afterAll(() => rm(scratch, { recursive: true, force: true }));

async function userFiles(folder: string): Promise<void> {
  await mkdir(join(folder, '.azure'), { recursive: true });
  await mkdir(join(folder, 'stint'));
  await writeFile(join(folder, '.azure', 'azureProfile.json'), profile);
  await writeFile(join(folder, '.azure', 'msal_token_cache.json'), cache);
}

/** Runs the operation up to a step and kills it there; false if it ended before. */
async function killedAt(folder: string, operation: string, stopAt: number, half: boolean) {
  const control = join(folder, 'fault');
  await mkdir(control);
  await writeFile(join(control, 'armed.json'), JSON.stringify({ stopAt, half }));
  const child = spawn(process.execPath, ['--require', preload, worker, folder, operation], {
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
    '%s, the next owner restores the user’s files byte for byte',
    async (_, half) => {
      const before = join(scratch, `${operation}-${String(half)}`);
      await userFiles(before);
      if (operation !== 'start') await work(before, 'start');
      for (let stopAt = 1; ; stopAt += stepsBetweenKills) {
        const folder = `${before}-${stopAt}`;
        await cp(before, folder, { recursive: true });
        // The journal names its folder.
        const journal = join(folder, 'stint', 'azure-cleanup.json');
        if (existsSync(journal)) await moveJournal(journal, before, folder);
        const wasKilled = await killedAt(folder, operation, stopAt, half);
        const delivery = workerDelivery(folder);
        const isActive = operation === 'rotate';
        const active = new Set(isActive ? [azureTarget(1).sessionId] : []);
        expect(await delivery.sweep((id) => active.has(id))).toEqual([]);
        if (isActive) expect(await delivery.remove(azureTarget(1))).toEqual([]);
        const azure = join(folder, '.azure');
        expect(await readFile(join(azure, 'azureProfile.json'), 'utf8')).toBe(profile);
        expect(await readFile(join(azure, 'msal_token_cache.json'), 'utf8')).toBe(cache);
        expect((await readdir(azure)).sort()).toEqual([
          'azureProfile.json',
          'msal_token_cache.json',
        ]);
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
