import { expect, it } from 'vitest';
import { readerStream } from '../../../src/api/reader-stream.ts';
import { EventLog } from '../../../src/services/events/event-log.ts';

const decoder = new TextDecoder();

function follow(events: EventLog, after: number | undefined = events.lastId) {
  const reader = readerStream({
    events,
    after,
    frameOf: ({ id }) => `id: ${id}\n`,
    resetFrame: (lastId) => `reset: ${lastId}\n`,
    isWelcome: () => Promise.resolve(true),
  }).getReader();
  return {
    next: async () =>
      decoder
        .decode((await reader.read()).value)
        .trim()
        .split('\n'),
    leave: () => reader.cancel(),
  };
}

const publish = (events: EventLog, count: number) => {
  for (let at = 0; at < count; at += 1) events.publish({ type: 'settings' });
};
const idsOf = (lines: readonly string[]) => lines.map((line) => Number(line.slice('id: '.length)));

it('a slow reader gets what it missed in order, a hundred events at a time', async () => {
  const events = new EventLog();
  const { next, leave } = follow(events);
  await next();
  publish(events, 950);
  const seen: number[] = [];
  while (seen.length < 950) {
    const lines = await next();
    expect(lines.length).toBeLessThanOrEqual(100);
    seen.push(...idsOf(lines));
  }
  expect(seen).toEqual(Array.from({ length: 950 }, (_, at) => at + 1));
  await leave();
});

it('a reader that does not read holds no events, and starts over from the newest', async () => {
  const events = new EventLog();
  const { next, leave } = follow(events);
  await next();
  publish(events, 50_000);
  const first = await next();
  // At most one piece was made before the reader fell behind.
  expect(first.length).toBeLessThanOrEqual(100);
  const after = first[0]?.startsWith('reset') === true ? first : await next();
  expect(after).toEqual(['reset: 50000']);
  publish(events, 1);
  expect(idsOf(await next())).toEqual([50_001]);
  await leave();
});

it('a reader that comes back with its last id misses nothing and sees nothing twice', async () => {
  const events = new EventLog();
  const before = follow(events);
  await before.next();
  publish(events, 3);
  expect(idsOf(await before.next())).toEqual([1, 2, 3]);
  await before.leave();
  publish(events, 2);
  const again = follow(events, 3);
  await again.next();
  expect(idsOf(await again.next())).toEqual([4, 5]);
  await again.leave();
});
