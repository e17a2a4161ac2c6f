import { describe, expect, it } from 'vitest';
import { intervals } from '../../../scripts/bench/window/frames.ts';
import { longest, pageMark, tasksOfPage } from '../../../scripts/bench/window/trace.ts';
import { bytesOf, isOfFirstLoad } from '../../../scripts/bench/window/wire.ts';

describe('the bench of the window', () => {
  it('takes the times between frames from their starts', () => {
    expect(intervals([10, 26, 76])).toEqual([16, 50]);
    expect(intervals([10])).toEqual([]);
  });

  it("finds the tasks of the page's own thread in a trace", () => {
    const task = { name: 'ThreadControllerImpl::RunTask', ph: 'X', pid: 1, tid: 2 };
    const tasks = tasksOfPage([
      { ...task, dur: 5000, tdur: 3000 },
      { ...task, dur: 90_000, tdur: 20_000 },
      { ...task, tid: 3, dur: 700_000, tdur: 700_000 },
      { ...task, name: 'Paint', dur: 800_000, tdur: 800_000 },
      { name: pageMark, ph: 'R', pid: 1, tid: 2 },
    ]);
    expect(tasks).toEqual([
      { wall: 5, cpu: 3 },
      { wall: 90, cpu: 20 },
    ]);
    expect(longest(tasks)).toBe(20);
    expect(() => tasksOfPage([task])).toThrow('no mark');
  });

  it('counts everything before the second page of sessions as the first load', () => {
    const loaded = [
      { url: 'http://127.0.0.1/', bytes: 1000 },
      { url: 'http://127.0.0.1/v1/sessions?limit=100', bytes: 50_000 },
      { url: 'http://127.0.0.1/v1/sessions?limit=500&cursor=x', bytes: 270_000 },
    ];
    expect(bytesOf(loaded.filter(isOfFirstLoad))).toBe(51_000);
  });
});
