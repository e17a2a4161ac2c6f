import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir, uptime } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock, type MachineClock } from '../../../src/services/clock/clock.ts';
import { ElapsedTime } from '../../../src/services/clock/elapsed-time.ts';
import { FakeClock } from '../../fakes/clock.ts';

const hour = 3_600_000;
let folder: string;
let file: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stint-clock-'));
  file = join(folder, 'clock.json');
});

afterEach(async () => {
  await rm(folder, { recursive: true });
});

/** A machine that was switched off and on again: uptime begins again at 0. */
function restarted(at: number, { bootId = 'next' }: { readonly bootId?: string } = {}) {
  const clock = new FakeClock(new Date(at).toISOString());
  const begun = clock.uptime();
  return {
    now: () => clock.now(),
    after: (milliseconds: number, callback: () => void) => clock.after(milliseconds, callback),
    uptime: () => clock.uptime() - begun,
    bootId,
  } satisfies MachineClock;
}

describe('elapsed time', () => {
  it.each([hour, -hour])('does not follow a clock that is set by %d ms', (set) => {
    const clock = new FakeClock();
    const elapsed = new ElapsedTime(clock);
    const begun = elapsed.now();
    clock.set(set);
    expect(elapsed.now()).toBe(begun);
    expect(elapsed.offset).toBe(-set);
    expect(elapsed.onMachine(begun)).toBe(clock.now());
  });

  it('counts sleep', () => {
    const clock = new FakeClock();
    const elapsed = new ElapsedTime(clock);
    const begun = elapsed.now();
    clock.sleep(8 * hour);
    expect(elapsed.now() - begun).toBe(8 * hour);
    expect(elapsed.offset).toBe(0);
  });

  it('continues with the next owner, although the clock was set while there was none', async () => {
    const clock = new FakeClock();
    const before = new ElapsedTime(clock, file);
    const begun = before.now();
    await before.save();
    clock.sleep(hour);
    clock.set(-5 * hour);
    const next = new ElapsedTime(clock, file);
    expect(next.now() - begun).toBe(hour);
    expect(next.offset).toBe(5 * hour);
    expect(next.offsetBefore).toBe(0);
  });

  it('takes from the clock how long the machine was off, and keeps by how much it was set', async () => {
    const clock = new FakeClock();
    const before = new ElapsedTime(clock, file);
    const begun = before.now();
    clock.set(2 * hour);
    await before.save();
    const next = new ElapsedTime(restarted(clock.now() + 3 * hour), file);
    expect(next.now() - begun).toBe(3 * hour);
    expect(next.offset).toBe(-2 * hour);
  });

  it('does not go back where a machine starts with a clock of long ago', async () => {
    const clock = new FakeClock();
    const before = new ElapsedTime(clock, file);
    await before.save();
    const next = new ElapsedTime(restarted(0), file);
    expect(next.now()).toBe(before.now());
  });

  it('begins again beside a file that is damaged, and replaces it', async () => {
    await writeFile(file, '{"uptime": ');
    const clock = new FakeClock();
    const elapsed = new ElapsedTime(clock, file);
    expect(elapsed.now()).toBe(clock.now());
    await elapsed.keep();
    expect(JSON.parse(await readFile(file, 'utf8'))).toMatchObject({ elapsed: elapsed.now() });
  });

  it('is saved where the clock was set or an hour has passed, and not at every check', async () => {
    const clock = new FakeClock();
    const elapsed = new ElapsedTime(clock, file);
    const saved = async () => {
      await elapsed.keep();
      return (JSON.parse(await readFile(file, 'utf8')) as { elapsed: number }).elapsed;
    };
    const first = await saved();
    clock.sleep(60_000);
    expect(await saved()).toBe(first);
    clock.set(hour);
    expect(await saved()).toBe(first + 60_000);
    clock.sleep(hour);
    expect(await saved()).toBe(first + 60_000 + hour);
  });

  it('is kept by nobody in a folder that cannot be written, and works all the same', async () => {
    const clock = new FakeClock();
    const elapsed = new ElapsedTime(clock, join(folder, 'missing', 'clock.json'));
    await elapsed.keep();
    clock.set(hour);
    expect(elapsed.offset).toBe(-hour);
  });
});

it("the system's uptime counts in milliseconds, and its boot has a name on Linux", () => {
  expect(systemClock.uptime() / 1000).toBeCloseTo(uptime(), 0);
  if (process.platform === 'linux') expect(systemClock.bootId).toMatch(/^[0-9a-f-]{36}$/);
});
