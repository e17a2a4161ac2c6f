import { open, readFile, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { scratchOwner, type ScratchOwner } from '../../support/scratch-owner.ts';

/*
 * What a start syncs to disk, and when (decision 51): a person waits for each of these files, and a crash
 * between two of them has to leave something that the next owner can repair.
 */

let owner: ScratchOwner;
beforeEach(async () => {
  owner = await scratchOwner();
});
afterEach(async () => {
  await owner.close();
});

/** How many files are synced meanwhile; folders and the databases do not count. */
async function syncedFiles(work: () => Promise<unknown>): Promise<number> {
  const handle = await open(import.meta.filename);
  const prototype = Object.getPrototypeOf(handle) as FileHandle;
  await handle.close();
  type Sync = (this: FileHandle) => Promise<void>;
  const sync = Object.getOwnPropertyDescriptor(prototype, 'sync')?.value as Sync;
  let count = 0;
  prototype.sync = async function counted(this: FileHandle) {
    if ((await this.stat()).isFile()) count += 1;
    await sync.call(this);
  };
  try {
    await work();
    return count;
  } finally {
    Object.assign(prototype, { sync });
  }
}

/** The status of the session in the workspace's file. */
async function writtenStatus(sessionId: string): Promise<string | undefined> {
  const text = await readFile(join(owner.folder, 'stint', 'workspace.json'), 'utf8');
  const { sessions } = JSON.parse(text) as {
    readonly sessions: readonly { readonly sessionId: string; readonly status: string }[];
  };
  return sessions.find((one) => one.sessionId === sessionId)?.status;
}

const statusOf = (sessionId: string) => owner.stint.sessions.get(sessionId).status;

it('syncs four files where nobody is asked: vault, journal, the user’s file, workspace', async () => {
  const { session } = await owner.addUser('anna');
  const start = () => owner.stint.sessions.start(session.sessionId, { by: 'test' });
  expect(await syncedFiles(start)).toBe(4);
  expect(await writtenStatus(session.sessionId)).toBe('active');
});

it('has written that it is pending before a person is asked', async () => {
  const { session } = await owner.addUser('anna', { mfa: true });
  const { prompts } = await owner.stint.sessions.start(session.sessionId, { by: 'test' });
  expect(prompts).toHaveLength(1);
  expect(await writtenStatus(session.sessionId)).toBe('pending');
  await owner.stint.sessions.stop(session.sessionId, { by: 'test' });
});

it('has written that it is pending where the cloud takes longer than a person waits unaware', async () => {
  const { session } = await owner.addUser('anna');
  await owner.cloud.setOverrides({ latencyMs: 60_000 });
  const started = owner.stint.sessions.start(session.sessionId, { by: 'test' });
  started.catch(() => undefined);
  await expect.poll(() => statusOf(session.sessionId)).toBe('pending');
  expect(await writtenStatus(session.sessionId)).toBe('inactive');
  await owner.pass(2);
  await expect.poll(() => writtenStatus(session.sessionId)).toBe('pending');
  await owner.stint.sessions.stop(session.sessionId, { by: 'test' });
  await expect(started).rejects.toThrow();
});
