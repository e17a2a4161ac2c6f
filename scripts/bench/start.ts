import { GetSessionTokenCommand, STSClient } from '@aws-sdk/client-sts';
import { mkdtemp, open, rm, type FileHandle } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { scratchApi, type ScratchApi } from '../../test/support/scratch-api.ts';
import { fsyncedWrite } from './fsynced-write.ts';
import { ratioRow, row, type Row, type Subject } from './row.ts';
import { inTurns } from './samples.ts';

/** How many fsynced writes a start may take. */
const mostWrites = 4;

/** Starting a session through the API, with an STS that takes 50 ms. */
export const startSubject: Subject = {
  name: 'start',
  async measure() {
    const owner = await scratchApi();
    const folder = await mkdtemp(join(tmpdir(), 'stint-bench-'));
    try {
      return await measureStarts(owner, folder);
    } finally {
      await owner.close();
      await rm(folder, { recursive: true, force: true });
    }
  },
};

async function measureStarts(owner: ScratchApi, folder: string): Promise<readonly Row[]> {
  const { session, user } = await owner.addUser('bench');
  const id = { id: session.sessionId };
  const endpoint = owner.stint.settings.current().awsStsEndpointUrl;
  if (endpoint === undefined) throw new Error('the practice cloud has no STS');
  const sts = new STSClient({ region: 'eu-west-1', endpoint, credentials: user });
  await owner.cloud.setOverrides({ latencyMs: 50 });
  const start = () =>
    owner.client.request('POST', '/v1/sessions/{id}/start', { path: id, body: {} });
  // Nothing kept from the last run, so that STS is asked.
  const stop = async () => {
    await owner.client.request('POST', '/v1/sessions/{id}/stop', { path: id });
    await owner.client.request('POST', '/v1/sessions/{id}/forget', { path: id });
  };
  let turn = 0;
  const { ours, limit } = await inTurns(
    20,
    {
      limit: async () => {
        turn += 1;
        await sts.send(new GetSessionTokenCommand({}));
        for (let write = 0; write < mostWrites; write += 1) {
          await fsyncedWrite(join(folder, `file-${write}`), `turn ${turn}`);
        }
      },
      ours: start,
    },
    { after: { ours: stop } },
  );
  const writes = await syncedFiles(start);
  return [
    ratioRow(
      'session start through the API, STS at 50 ms',
      `× the bare SDK call and ${mostWrites} fsynced writes`,
      { atMost: 1.3 },
      { ours, limit },
    ),
    row('fsynced writes of a start', writes, 'files', { atMost: mostWrites }),
  ];
}

type Sync = (this: FileHandle) => Promise<void>;

/** How many files the work syncs; folders and the databases do not count. */
async function syncedFiles(work: () => Promise<unknown>): Promise<number> {
  const handle = await open(import.meta.filename);
  const prototype = Object.getPrototypeOf(handle) as FileHandle;
  await handle.close();
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
