import { setTimeout as pause } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { OneAtATime } from '../../../src/services/concurrency/mutex.ts';

const { signal: never } = new AbortController();

it('does work on the same key in turn, and on others side by side', async () => {
  const turns = new OneAtATime();
  const told: string[] = [];
  const work = (name: string, milliseconds: number) => async () => {
    told.push(`${name} begins`);
    await pause(milliseconds);
    told.push(`${name} ends`);
    return name;
  };
  const done = await Promise.all([
    turns.run('a', never, work('first', 40)),
    turns.run('a', never, work('second', 0)),
    turns.run('b', never, work('other', 10)),
  ]);
  expect(done).toEqual(['first', 'second', 'other']);
  expect(told).toEqual([
    'first begins',
    'other begins',
    'other ends',
    'first ends',
    'second begins',
    'second ends',
  ]);
});

it('goes on after a failure', async () => {
  const turns = new OneAtATime();
  const failing = turns.run('a', never, () => Promise.reject(new Error('no')));
  const next = turns.run('a', never, () => Promise.resolve('yes'));
  await expect(failing).rejects.toThrow('no');
  await expect(next).resolves.toBe('yes');
});

it('lets go of who waits and is called off, and never does its work', async () => {
  const turns = new OneAtATime();
  const held = Promise.withResolvers<undefined>();
  const first = turns.run('a', never, () => held.promise);
  const controller = new AbortController();
  let worked = false;
  const second = turns.run('a', controller.signal, () => {
    worked = true;
    return Promise.resolve();
  });
  controller.abort(new Error('called off'));
  await expect(second).rejects.toThrow('called off');
  held.resolve(undefined);
  await first;
  await pause(1);
  expect(worked).toBe(false);
});

it('waits for work that has begun to tidy up', async () => {
  const turns = new OneAtATime();
  const controller = new AbortController();
  let tidy = false;
  const work = turns.run('a', controller.signal, async () => {
    await pause(20);
    tidy = true;
    controller.signal.throwIfAborted();
  });
  await pause(5);
  controller.abort(new Error('called off'));
  await expect(work).rejects.toThrow('called off');
  expect(tidy).toBe(true);
});
