import { mkdtemp, open, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import {
  contentOf,
  fileHolds,
  handleHolds,
  bytesOf,
} from '../../../src/services/delivery/shared/user-file/content.ts';

/** A file with these bytes, whose name is gone once it is open. */
async function fileOf(bytes: Buffer) {
  const folder = await mkdtemp(join(tmpdir(), 'stint-content-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const path = join(folder, 'credentials');
  await writeFile(path, bytes);
  const handle = await open(path, 'r');
  onTestFinished(() => handle.close());
  return { path, handle };
}

/** Bytes of every value, so many. */
const manyBytes = (length: number) =>
  Buffer.from(Array.from({ length }, (_, at) => (at * 7) % 256));

// Files are read 65,536 bytes at once.
it.each([0, 1, 65_535, 65_536, 65_537, 200_000])(
  'a file of %i bytes holds these bytes, and no others',
  async (length) => {
    const bytes = manyBytes(length);
    const { path, handle } = await fileOf(bytes);
    const holds = (other: Buffer) => {
      const answer = fileHolds(path, other);
      expect(handleHolds(handle, other)).toBe(answer);
      return answer;
    };
    expect(holds(bytes)).toBe(true);
    expect(holds(Buffer.concat([bytes, Buffer.from('a')]))).toBe(false);
    expect((await contentOf(handle)).equals(bytes)).toBe(true);
    if (length === 0) return;
    expect(holds(bytes.subarray(0, -1))).toBe(false);
    for (const at of new Set([0, Math.min(65_535, length - 1), length - 1])) {
      const other = Buffer.from(bytes);
      other[at] = (manyBytes(at + 1)[at] ?? 0) ^ 1;
      expect([at, holds(other)]).toEqual([at, false]);
    }
  },
);

it('a file that does not exist holds nothing', () => {
  expect(fileHolds(join(tmpdir(), 'stint-content-nothing'), Buffer.alloc(0))).toBe(false);
});

it('pieces become the bytes of the whole', () => {
  expect(bytesOf(['\xffa', '', Buffer.from([0x62]), '\x80'])).toEqual(
    Buffer.from([0xff, 0x61, 0x62, 0x80]),
  );
  expect(bytesOf([])).toEqual(Buffer.alloc(0));
});
