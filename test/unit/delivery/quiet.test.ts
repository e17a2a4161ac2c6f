import { mkdtempSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { systemClock } from '../../../src/services/clock/clock.ts';
import { noteOwnWrite } from '../../../src/services/delivery/shared/user-file/attributes.ts';
import {
  untilHandleQuiet,
  untilQuiet,
} from '../../../src/services/delivery/shared/user-file/quiet.ts';

let path = '';

beforeEach(() => {
  const folder = mkdtempSync(join(tmpdir(), 'stint-quiet-'));
  onTestFinished(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  path = join(folder, 'credentials');
});

/** Less than the pause of any run, in milliseconds. */
const aMoment = 10;
const start = Date.UTC(2026, 11, 1);

function setModified(time: number): void {
  utimesSync(path, time / 1000, time / 1000);
}

/**
 * A file that was written a moment before each look at the clock, which moves by 5 seconds then.
 * `written`: its text from each look on. Returns how often the clock was looked at.
 */
function writtenAgainAndAgain(written: readonly string[]): () => number {
  let looks = 0;
  const prepare = () => {
    writeFileSync(path, written[Math.min(looks, written.length - 1)] ?? '');
    setModified(start + looks * 5000 - aMoment);
  };
  prepare();
  const now = vi.spyOn(systemClock, 'now').mockImplementation(() => {
    const time = start + looks * 5000;
    looks += 1;
    prepare();
    return time;
  });
  onTestFinished(() => {
    now.mockRestore();
  });
  return () => looks;
}

const waits = [
  ['a file', () => untilQuiet(path)],
  [
    'an open file',
    async () => {
      const handle = await open(path, 'r');
      try {
        await untilHandleQuiet(handle);
      } finally {
        await handle.close();
      }
    },
  ],
] as const;

describe.each(waits)('%s', (_, wait) => {
  it('that was written just now is waited for', async () => {
    writeFileSync(path, 'half');
    await wait();
    // In runs that change the code, the pause is a tenth of the usual one.
    expect(systemClock.now() - statSync(path).mtimeMs).toBeGreaterThanOrEqual(29);
  });

  it.each([
    ['long ago', -60_000],
    ['at a time ahead of ours, by another clock', 60_000],
  ])('that was written %s is not waited for', async (_when, difference) => {
    writeFileSync(path, 'all');
    setModified(start + difference);
    const now = vi.spyOn(systemClock, 'now').mockReturnValue(start);
    onTestFinished(() => {
      now.mockRestore();
    });
    await wait();
    expect(now).toHaveBeenCalledTimes(2);
  });

  it('that is written all the time is waited for at most 10 seconds', async () => {
    const looks = writtenAgainAndAgain(['half']);
    await wait();
    // At the beginning, after 5 seconds, and after 10.
    expect(looks()).toBe(3);
  });

  it('that is empty is waited for until it is written', async () => {
    const looks = writtenAgainAndAgain(['', '', '', '', '', 'all']);
    await wait();
    expect(looks()).toBe(6);
  });
});

describe('a file', () => {
  it('that is not there is not waited for', async () => {
    const looks = vi.spyOn(systemClock, 'now');
    onTestFinished(() => {
      looks.mockRestore();
    });
    await untilQuiet(path);
    expect(looks).toHaveBeenCalledTimes(2);
  });

  it('that Stint itself wrote is not waited for', async () => {
    writeFileSync(path, 'all');
    await noteOwnWrite(path);
    const looks = vi.spyOn(systemClock, 'now');
    onTestFinished(() => {
      looks.mockRestore();
    });
    await untilQuiet(path);
    expect(looks).toHaveBeenCalledTimes(2);
  });
});
