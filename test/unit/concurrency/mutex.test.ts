import { expect, it } from 'vitest';
import { Mutex } from '../../../src/services/concurrency/mutex.ts';

it('runs work one piece after the other, in the order it was asked for', async () => {
  const mutex = new Mutex();
  const seen: string[] = [];
  const gate = Promise.withResolvers<undefined>();
  const done = [
    mutex.run(async () => {
      seen.push('first begins');
      await gate.promise;
      seen.push('first ends');
      return 1;
    }),
    mutex.run(() => Promise.resolve(seen.push('second'))),
    mutex.run(() => Promise.resolve(seen.push('third'))),
  ];
  gate.resolve(undefined);
  expect(await Promise.all(done)).toEqual([1, 3, 4]);
  expect(seen).toEqual(['first begins', 'first ends', 'second', 'third']);
});

it('continues after work that failed', async () => {
  const mutex = new Mutex();
  const failing = mutex.run(() => Promise.reject(new Error('no')));
  const next = mutex.run(() => Promise.resolve('yes'));
  await expect(failing).rejects.toThrow('no');
  await expect(next).resolves.toBe('yes');
});

it('ends the wait of an aborted caller at once, and passes its turn on', async () => {
  const mutex = new Mutex();
  const gate = Promise.withResolvers<undefined>();
  const first = mutex.run(() => gate.promise);
  const controller = new AbortController();
  let worked = false;
  const second = mutex.run(() => {
    worked = true;
    return Promise.resolve();
  }, controller.signal);
  const third = mutex.run(() => Promise.resolve('third'));
  controller.abort(new Error('cancelled'));
  await expect(second).rejects.toThrow('cancelled');
  gate.resolve(undefined);
  await first;
  expect(await third).toBe('third');
  expect(worked).toBe(false);
});

it('does not begin work for a signal that is already aborted', async () => {
  const mutex = new Mutex();
  const work = mutex.run(() => Promise.resolve('begun'), AbortSignal.abort(new Error('too late')));
  await expect(work).rejects.toThrow('too late');
  expect(await mutex.run(() => Promise.resolve('free'))).toBe('free');
});

it('waits for work that has begun, although its caller aborted', async () => {
  const mutex = new Mutex();
  const controller = new AbortController();
  const { signal } = controller;
  const begun = Promise.withResolvers<undefined>();
  const gate = Promise.withResolvers<undefined>();
  let tidy = false;
  const work = mutex.run(async () => {
    begun.resolve(undefined);
    await gate.promise;
    tidy = true;
    signal.throwIfAborted();
  }, signal);
  await begun.promise;
  controller.abort(new Error('cancelled'));
  gate.resolve(undefined);
  await expect(work).rejects.toThrow('cancelled');
  expect(tidy).toBe(true);
});
