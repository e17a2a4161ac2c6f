import { existsSync } from 'node:fs';
import { readFile, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkedJson } from '../../../src/services/files/checked-json.ts';
import { damages } from '../../support/damaged-database.ts';
import { failReads } from '../../support/failing-reads.ts';
import {
  credentials,
  problemOf,
  scratchDelivery,
  target,
  withoutReplacing,
} from '../../support/scratch-delivery.ts';

const before = '[personal]\naws_access_key_id = AKIAOWN\n';
const after = `${before}[dev]\naws_access_key_id = ASIAOURS\n`;
const half = after.slice(0, before.length + 12);

/** A write in place that a crash interrupted: the file holds half of it, the home how to undo it. */
async function interrupted() {
  const scratch = await scratchDelivery();
  await scratch.write(half);
  const undo = join(scratch.home, `undo-${'a'.repeat(16)}.json`);
  const base64 = (text: string) => Buffer.from(text).toString('base64');
  const record = { path: scratch.file, before: base64(before), after: base64(after) };
  await writeFile(undo, checkedJson(record));
  return { ...scratch, undo };
}

describe('a write in place that a crash interrupted', () => {
  it('is undone by the next owner', async () => {
    const scratch = await interrupted();
    const { delivery, undo } = scratch;
    expect(await delivery.sweep(() => false)).toEqual([]);
    expect(await scratch.bytes()).toBe(before);
    expect(existsSync(undo)).toBe(false);
  });

  it('can still be undone after its record could not be read for a while', async () => {
    const scratch = await interrupted();
    const { delivery, file, undo } = scratch;
    const repair = failReads(undo, 'EIO');
    await delivery.sweep(() => false);
    await delivery.remove(target('dev'));
    expect(existsSync(undo)).toBe(true);
    expect(await readFile(file, 'latin1')).toBe(half);
    repair();
    expect(await delivery.sweep(() => false)).toEqual([]);
    expect(await scratch.bytes()).toBe(before);
    expect(existsSync(undo)).toBe(false);
  });

  it('keeps a start from writing while its record cannot be read, and the error names it', async () => {
    const scratch = await interrupted();
    const { delivery, undo } = scratch;
    failReads(undo, 'EACCES');
    const problem = await problemOf(
      delivery.write(target('other'), credentials(), withoutReplacing),
    );
    expect(problem.code).toBe('file-unreadable');
    expect(problem.message).toContain(undo);
    expect(problem.details.next).toContain(undo);
    expect(await scratch.bytes()).toBe(half);
  });

  it('is never undone by a damaged record, which is kept and named once', async () => {
    const scratch = await interrupted();
    const { file, undo } = scratch;
    const whole = await readFile(undo);
    for (const at of [...whole.keys()].filter((one) => one % 5 === 0)) {
      const changed = damages['changed by a bit'](whole, at);
      await writeFile(undo, changed);
      await writeFile(file, half);
      await utimes(file, 0, 0);
      const owner = scratch.restarted();
      const left = await owner.sweep(() => false);
      const now = await scratch.bytes();
      if (now === before) {
        expect([at, left]).toEqual([at, []]);
        continue;
      }
      expect([at, now, left.length]).toEqual([at, half, 1]);
      expect(left[0]?.reason).toContain(`${undo}.damaged`);
      expect(await readFile(`${undo}.damaged`)).toEqual(changed);
      expect(await owner.sweep(() => false)).toEqual([]);
    }
  });
});
