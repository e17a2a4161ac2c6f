import fc from 'fast-check';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import { iamUser, scratchWorkspaceIn } from '../../unit/workspace/scratch-workspace.ts';
import type { FuzzTarget } from './fuzz-target.ts';

const bytes = fc.oneof(
  fc.uint8Array({ maxLength: 200 }),
  fc.json().map((text) => Buffer.from(text)),
  fc
    .record({
      version: fc.oneof(fc.constant(1), fc.jsonValue()),
      sessions: fc.array(
        fc.oneof(
          fc.jsonValue(),
          fc.dictionary(fc.string(), fc.jsonValue()).map((extra) => ({ ...iamUser(), ...extra })),
        ),
        { maxLength: 4 },
      ),
      settings: fc.dictionary(fc.string(), fc.jsonValue()),
    })
    .map((workspace) => Buffer.from(JSON.stringify(workspace))),
);

/** Opening and saving never loses what the file contained. */
export const workspaceFiles: FuzzTarget = {
  name: 'workspace-files',
  inputs: 150,
  async open() {
    const folder = await mkdtemp(join(tmpdir(), 'stint-fuzz-workspace-'));
    let run = 0;
    return {
      close: () => rm(folder, { recursive: true, force: true }),
      property: fc.asyncProperty(bytes, async (content) => {
        run += 1;
        const scratch = await scratchWorkspaceIn(join(folder, String(run)));
        await scratch.write(content);
        const added = iamUser();
        let store;
        try {
          store = await scratch.open();
        } catch (error) {
          expect(['file-unreadable', 'workspace-newer']).toContain(
            (error as { code?: string }).code,
          );
          expect(await readFile(scratch.paths.workspace)).toEqual(Buffer.from(content));
          return;
        }
        await store.save({ put: [added], keepBackup: true });
        const keptSomewhere = await Promise.all(
          [scratch.paths.home, scratch.paths.backups].map(async (folder) =>
            Promise.all(
              (await readdir(folder))
                .filter((name) => name.endsWith('.json'))
                .map((name) => readFile(join(folder, name))),
            ),
          ),
        );
        expect(keptSomewhere.flat().some((kept) => kept.equals(Buffer.from(content)))).toBe(true);

        const asides = await scratch.names('workspace.damaged-');
        if (asides.length === 0) {
          const before = JSON.parse(new TextDecoder().decode(content)) as { sessions: unknown[] };
          expect((await scratch.json()).sessions).toEqual(
            JSON.parse(JSON.stringify([...before.sessions, added])),
          );
        }
      }),
    };
  },
};
