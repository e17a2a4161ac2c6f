import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { Problem } from '../../../src/models/problem.ts';
import { minutes } from '../../support/campaign.ts';
import { damages, offsetsToDamage } from '../../support/damaged-database.ts';
import { owner, scratchAccess } from './scratch-access.ts';

test.each(['changed', 'cut short'] as const)(
  'a list of client tokens that is %s at any byte never makes Stint fail or keeps the owner out, and is kept where it is replaced',
  async (kind) => {
    const scratch = await scratchAccess();
    const first = await scratch.open();
    const good = await first.issue(owner, { name: 'ci' });
    first.close();
    const whole = await readFile(scratch.dbFile);
    let replaced = 0;
    let accepted = 0;
    for (const at of offsetsToDamage(whole.length, 2003)) {
      const damaged = damages[kind](whole, at);
      await writeFile(scratch.dbFile, damaged);
      const access = await scratch.open();
      const principal = await access.verify(good.token).catch((error: unknown) => {
        expect(error).toBeInstanceOf(Problem);
        return undefined;
      });
      if (principal !== undefined) {
        expect(principal.subject).toBe('ci');
        accepted += 1;
      }
      // The owner gets in whatever became of the file.
      expect(await access.verify(access.ownerToken())).toMatchObject({ role: 'owner' });
      access.close();
      for (const name of await readdir(scratch.folder)) {
        if (!name.includes('.damaged-')) continue;
        if (!name.endsWith('-journal')) {
          expect((await readFile(join(scratch.folder, name))).equals(damaged)).toBe(true);
          replaced += 1;
        }
        await rm(join(scratch.folder, name));
      }
    }
    expect(replaced).toBeGreaterThan(0);
    if (kind === 'changed') expect(accepted).toBeGreaterThan(0);
  },
  minutes(1),
);
