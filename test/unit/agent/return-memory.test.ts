import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { returnMemoryWhenQuiet } from '../../../src/agent/return-memory.ts';

const megabyte = 1024 * 1024;

describe('memory of an agent', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('is returned once the agent is quiet, and only if there is much of it', () => {
    const now = { forNewObjects: 128 * megabyte, busyShare: 0.5 };
    let collected = 0;
    let collection = () => {};
    const end = returnMemoryWhenQuiet({
      forNewObjects: () => now.forNewObjects,
      busyShare: () => now.busyShare,
      afterCollections: (then) => {
        collection = then;
        return () => {
          collection = () => {};
        };
      },
      collect: () => {
        collected += 1;
        now.forNewObjects = megabyte;
        collection();
      },
    });
    collection();
    vi.advanceTimersByTime(10_000);
    expect(collected).toBe(0);
    now.busyShare = 0.001;
    vi.advanceTimersByTime(60_000);
    expect([collected, vi.getTimerCount()]).toEqual([1, 0]);
    now.forNewObjects = 64 * megabyte;
    collection();
    collection();
    vi.advanceTimersByTime(2000);
    expect(collected).toBe(2);
    now.forNewObjects = 64 * megabyte;
    end();
    collection();
    vi.advanceTimersByTime(60_000);
    expect([collected, vi.getTimerCount()]).toEqual([2, 0]);
  });
});

describe('a process that had much to do', () => {
  it('holds little for new objects afterwards, and ends by itself', async () => {
    const module = join(import.meta.dirname, '../../../src/agent/return-memory.ts');
    const script = `
      import { getHeapSpaceStatistics } from 'node:v8';
      import { returnMemoryWhenQuiet } from ${JSON.stringify(module)};
      returnMemoryWhenQuiet();
      const held = () => getHeapSpaceStatistics().find((one) => one.space_name === 'new_space').space_size;
      let kept = [];
      while (held() <= 32 * 1024 * 1024) kept = [...kept.slice(-300_000), ...Array.from({ length: 100_000 }, (_, i) => ({ i }))];
      const most = held();
      kept = [];
      const watch = setInterval(() => {
        if (held() >= 8 * 1024 * 1024) return;
        clearInterval(watch);
        console.log(most > 32 * 1024 * 1024);
      }, 100);
    `;
    const child = spawn(process.execPath, [
      '--max-semi-space-size=64',
      '--input-type=module',
      '-e',
      script,
    ]);
    const [printed] = await Promise.all([text(child.stdout), once(child, 'exit')]);
    expect(printed).toBe('true\n');
  });
});
