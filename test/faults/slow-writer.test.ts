import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { expect, it, onTestFinished } from 'vitest';
import { minutes } from '../support/campaign.ts';
import { withoutReplacing } from '../support/write-options.ts';
import { workerCredentials, workerDelivery, workerTarget } from './aws-file-worker.ts';

/** Rewrites and appends at each gap; `STINT_SLOW_WRITES=50` makes 300 in all. */
const writes = Number(process.env['STINT_SLOW_WRITES'] ?? 6);
const program = join(import.meta.dirname, 'slow-writer.ts');

it.each([0, 1, 5, 20, 100, 250])(
  'a program that pauses %i ms while it writes the file loses nothing, and ours is back in a second',
  async (gap) => {
    const folder = await mkdtemp(join(tmpdir(), 'stint-slow-'));
    onTestFinished(() => rm(folder, { recursive: true, force: true }));
    await mkdir(join(folder, '.aws'));
    await mkdir(join(folder, 'stint'));
    const file = join(folder, '.aws', 'credentials');
    await writeFile(file, '# mine\n[own]\naws_access_key_id = AKIAOWN\n', { mode: 0o600 });
    const delivery = workerDelivery(folder, { inPlace: false });

    const args = [program, file, String(gap), String(writes)];
    const other = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
    const written = text(other.stdout);
    const gone = once(other, 'exit');
    let rotations = 0;
    while (other.exitCode === null) {
      rotations += 1;
      await delivery.write(workerTarget, workerCredentials((rotations % 3) + 1), withoutReplacing);
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 40));
    }
    await gone;
    expect(other.exitCode).toBe(0);

    const last = workerCredentials((rotations % 3) + 1);
    if ((await delivery.check(workerTarget, last)) !== 'intact') {
      await delivery.write(workerTarget, last, withoutReplacing);
    }
    expect(await delivery.check(workerTarget, last)).toBe('intact');

    const content = await readFile(file, 'latin1');
    const inTime = (await written).split('\n').filter((line) => line !== '');
    if (inTime.length === writes) {
      expect(content.startsWith('# mine\n[own]\naws_access_key_id = AKIAOWN\n')).toBe(true);
    }
    for (const number of inTime) {
      expect(content).toContain(`[other-${gap}-${number}]\naws_access_key_id = AKIAOTHER\n`);
    }
  },
  minutes(1),
);
