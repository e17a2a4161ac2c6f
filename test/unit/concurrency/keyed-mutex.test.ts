import { describe, expect, it } from 'vitest';
import { CancelledError, KeyedMutex } from '../../../src/services/concurrency/keyed-mutex.ts';

/** Work that lasts until the test opens its gate. */
function gated(seen: string[], name: string) {
  const gate = Promise.withResolvers<undefined>();
  const begun = Promise.withResolvers<undefined>();
  const work = async (signal: AbortSignal) => {
    seen.push(`${name} begins`);
    begun.resolve(undefined);
    await gate.promise;
    signal.throwIfAborted();
    seen.push(`${name} ends`);
    return name;
  };
  return {
    work,
    begun: begun.promise,
    open: () => {
      gate.resolve(undefined);
    },
  };
}

describe('a keyed mutex', () => {
  it('runs work on one key in turn, and on other keys side by side', async () => {
    const locks = new KeyedMutex();
    const seen: string[] = [];
    const [first, second, other] = ['first', 'second', 'other'].map((name) => gated(seen, name));
    if (!first || !second || !other) throw new Error('three pieces of work');
    const done = [
      locks.run('a', first.work),
      locks.run('a', second.work),
      locks.run('b', other.work),
    ];
    second.open();
    other.open();
    await done[2];
    expect(seen).toEqual(['first begins', 'other begins', 'other ends']);
    first.open();
    expect(await Promise.all(done)).toEqual(['first', 'second', 'other']);
    expect(seen.slice(3)).toEqual(['first ends', 'second begins', 'second ends']);
  });

  it('continues after work that failed', async () => {
    const locks = new KeyedMutex();
    const failing = locks.run('a', () => Promise.reject(new Error('no')));
    const next = locks.run('a', () => Promise.resolve('yes'));
    await expect(failing).rejects.toThrow('no');
    await expect(next).resolves.toBe('yes');
  });

  it('cancels by name what runs and what waits, and nothing else', async () => {
    const locks = new KeyedMutex();
    const seen: string[] = [];
    const running = gated(seen, 'running');
    const first = locks.run('a', running.work, { name: 'rotate' });
    const waiting = locks.run('a', () => Promise.resolve(seen.push('never')), { name: 'rotate' });
    const stop = locks.run('a', () => Promise.resolve('stopped'), { name: 'stop' });
    const elsewhere = locks.run('b', () => Promise.resolve('rotated'), { name: 'rotate' });
    await running.begun;
    locks.cancel('a', ['rotate'], 'It was stopped.');
    await expect(waiting).rejects.toEqual(new CancelledError('It was stopped.'));
    running.open();
    await expect(first).rejects.toEqual(new CancelledError('It was stopped.'));
    expect(await stop).toBe('stopped');
    expect(await elsewhere).toBe('rotated');
    expect(seen).toEqual(['running begins']);
  });

  it('cancels by name for every key', async () => {
    const locks = new KeyedMutex();
    const works = ['a', 'b'].map((key) => {
      const work = gated([], key);
      const done = locks.run(key, work.work, { name: 'rotate' });
      return { ...work, done };
    });
    for (const { begun } of works) await begun;
    locks.cancelAll(['rotate'], 'Stint is ending.');
    for (const { open, done } of works) {
      open();
      await expect(done).rejects.toThrow('Stint is ending.');
    }
  });

  it('tells work that its caller aborted', async () => {
    const locks = new KeyedMutex();
    const controller = new AbortController();
    const running = gated([], 'running');
    const done = locks.run('a', running.work, { signal: controller.signal });
    await running.begun;
    controller.abort(new Error('gave up'));
    running.open();
    await expect(done).rejects.toThrow('gave up');
  });

  it('takes several keys without a deadlock, whatever order they are named in', async () => {
    const locks = new KeyedMutex();
    const done = [
      locks.runAll(['a', 'b', 'a'], () => Promise.resolve(1)),
      locks.runAll(['b', 'a'], () => Promise.resolve(2)),
      locks.run('b', () => Promise.resolve(3)),
    ];
    expect(await Promise.all(done)).toEqual([1, 2, 3]);
  });

  it('hands out a turn that its holder ends', async () => {
    const locks = new KeyedMutex();
    const release = await locks.acquire('a');
    let worked = false;
    const next = locks.run('a', () => {
      worked = true;
      return Promise.resolve();
    });
    await locks.run('b', () => Promise.resolve());
    expect(worked).toBe(false);
    release();
    await next;
    expect(worked).toBe(true);
  });

  it('is idle once nothing runs or waits, also where that was cancelled or failed', async () => {
    const locks = new KeyedMutex();
    await locks.idle();
    const running = gated([], 'running');
    const done = [
      locks.run('a', running.work),
      locks.run('a', () => Promise.reject(new Error('no'))),
      locks.run('a', () => Promise.resolve(), { name: 'rotate' }),
    ];
    const all = Promise.allSettled(done);
    let isIdle = false;
    const idle = locks.idle().then(() => (isIdle = true));
    await running.begun;
    locks.cancel('a', ['rotate'], 'cancelled');
    expect(isIdle).toBe(false);
    running.open();
    await idle;
    expect((await all).map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected']);
  });
});
