import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Problem } from '../../../src/models/problem.ts';
import type { WorkspaceStore } from '../../../src/services/workspace/workspace-store.ts';
import { minutes } from '../../support/campaign.ts';
import { damages, kindsOfDamage, offsetsToDamage } from '../../support/damaged-database.ts';
import { iamUser, scratchWorkspace, type ScratchWorkspace } from './scratch-workspace.ts';

/** A workspace of two sessions, with its backups. */
async function savedTwice() {
  const scratch = await scratchWorkspace();
  const store = await scratch.open();
  await store.save({ put: [iamUser({ sessionName: 'one' })], keepBackup: true });
  await store.save({ put: [iamUser({ sessionName: 'two' })], keepBackup: true });
  const backups = new Map<string, Buffer>();
  for (const name of await scratch.backups()) {
    backups.set(name, await readFile(join(scratch.paths.backups, name)));
  }
  const reset = async (bytes: Buffer) => {
    for (const name of await scratch.names('workspace.damaged-')) {
      await rm(join(scratch.paths.home, name));
    }
    for (const name of await scratch.backups()) {
      if (!backups.has(name)) await rm(join(scratch.paths.backups, name));
    }
    for (const [name, kept] of backups) await writeFile(join(scratch.paths.backups, name), kept);
    await rm(scratch.paths.workspace);
    await scratch.write(bytes);
  };
  return { scratch, sessions: store.sessions(), whole: Buffer.from(await scratch.text()), reset };
}

/** Undefined where it says which file it cannot use, and what to do. */
async function opened(scratch: ScratchWorkspace): Promise<WorkspaceStore | undefined> {
  try {
    return await scratch.open();
  } catch (error) {
    expect(error).toMatchObject({
      code: expect.stringMatching(/^(file-unreadable|workspace-newer)$/) as string,
      details: {
        detail: expect.stringContaining(scratch.paths.workspace) as string,
        next: expect.stringContaining('Stint did not change') as string,
      } satisfies Partial<Problem['details']>,
    });
    return undefined;
  }
}

/** Whether some file of the home has exactly these bytes. */
async function isKept({ paths }: ScratchWorkspace, bytes: Buffer): Promise<boolean> {
  for (const folder of [paths.home, paths.backups]) {
    for (const name of (await readdir(folder)).filter((one) => one.endsWith('.json'))) {
      if ((await readFile(join(folder, name))).equals(bytes)) return true;
    }
  }
  return false;
}

describe.each(kindsOfDamage)('a workspace that is %s at any byte', (kind) => {
  test(
    'is kept whatever is saved later, and opens as it was saved or names itself and what to do',
    async () => {
      const { scratch, sessions, whole, reset } = await savedTwice();
      const counts = { damaged: 0, refused: 0, replaced: 0, asItIs: 0 };
      for (const at of offsetsToDamage(whole.length, 23)) {
        counts.damaged += 1;
        const damaged = damages[kind](whole, at);
        await reset(damaged);
        const store = await opened(scratch);
        if (store === undefined) {
          counts.refused += 1;
          expect([at, await scratch.text()]).toEqual([at, damaged.toString()]);
          continue;
        }
        const [aside] = await scratch.names('workspace.damaged-');
        if (aside === undefined) {
          counts.asItIs += 1;
          // It is JSON still: only what is there counts.
          const kept = JSON.parse(damaged.toString()) as { readonly sessions: readonly unknown[] };
          expect([at, store.sessions().length + store.broken().length]).toEqual([
            at,
            kept.sessions.length,
          ]);
          for (const session of store.sessions()) expect(kept.sessions).toContainEqual(session);
        } else {
          counts.replaced += 1;
          expect([at, store.sessions()]).toEqual([at, sessions]);
          expect(store.notices().join(' ')).toContain(scratch.paths.workspace);
        }
        await store.save({ put: [iamUser({ sessionName: 'three' })], keepBackup: true });
        expect([at, await isKept(scratch, damaged)]).toEqual([at, true]);
      }
      console.log(`workspace ${kind}: ${JSON.stringify(counts)}`);
      expect(counts.replaced).toBeGreaterThan(0);
    },
    minutes(2),
  );
});
