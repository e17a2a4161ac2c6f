import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { uptimeReader } from '../../../src/services/clock/clock.ts';

/** A machine whose clocks a test moves, all in milliseconds. */
function machine() {
  const clocks = { uptime: 50_000, wall: 1_700_000_000_000, running: 700 };
  let reads = 0;
  const read = uptimeReader({
    uptime: () => {
      reads += 1;
      return clocks.uptime;
    },
    wall: () => clocks.wall,
    running: () => clocks.running,
  });
  const run = (passed: number) => {
    clocks.uptime += passed;
    clocks.wall += passed;
    clocks.running += passed;
  };
  const sleep = (passed: number) => {
    clocks.uptime += passed;
    clocks.wall += passed;
  };
  const set = (by: number) => (clocks.wall += by);
  return { clocks, read, run, sleep, set, reads: () => reads };
}

describe('the time that the machine is on', () => {
  it('is read once however often it is asked for within 10 ms', () => {
    const { read, run, reads } = machine();
    for (let count = 0; count < 1_000; count += 1) {
      read();
      run(0.009);
    }
    expect(reads()).toBe(1);
  });

  it('is read again after 10 ms, at once after sleep, and although the clock was set back meanwhile', () => {
    const { clocks, read, run, sleep, set } = machine();
    read();
    run(10);
    expect(read()).toBe(clocks.uptime);
    sleep(8 * 3_600_000);
    expect(read()).toBe(clocks.uptime);
    set(-3_600_000);
    run(10);
    expect(read()).toBe(clocks.uptime);
    // A clock that is held back hides no more than 10 ms of running.
    run(10);
    set(-10);
    expect(read()).toBe(clocks.uptime);
  });

  it('is never ahead, behind by less than 10 ms while nobody sets the clock, and right after 10 ms of running', () => {
    const steps = fc.array(
      fc.tuple(
        fc.constantFrom('run', 'run', 'sleep', 'set'),
        fc.oneof(fc.integer({ min: 0, max: 12 }), fc.integer({ min: 0, max: 86_400_000 })),
        fc.boolean(),
      ),
    );
    fc.assert(
      fc.property(steps, (todo) => {
        const { clocks, read, run, sleep, set } = machine();
        const isSet = todo.some(([does]) => does === 'set');
        for (const [does, by, isBack] of todo) {
          if (does === 'run') run(by);
          else if (does === 'sleep') sleep(by);
          else set(isBack ? -by : by);
          const behind = clocks.uptime - read();
          expect(behind).toBeGreaterThanOrEqual(0);
          if (!isSet) expect(behind).toBeLessThan(10);
        }
        run(10);
        expect(read()).toBe(clocks.uptime);
      }),
    );
  });

  it('is behind by sleep that a clock set back by as much hides for 10 ms of running, and no longer', () => {
    const { clocks, read, run, sleep, set } = machine();
    const before = read();
    sleep(60_000);
    set(-60_000);
    expect(read()).toBe(before);
    run(10);
    expect(read()).toBe(clocks.uptime);
  });
});
