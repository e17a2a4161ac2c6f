import { expect, it } from 'vitest';
import type { StintEvent } from '../../../src/models/event.ts';
import { EventLog } from '../../../src/services/events/event-log.ts';

const event: StintEvent = { type: 'session-removed', sessionId: 'a' };

it('a reader that throws keeps neither the others nor the publisher from their work', () => {
  const logged: unknown[] = [];
  const events = new EventLog({ error: (name, fields) => void logged.push([name, fields]) });
  const seen: number[] = [];
  events.subscribe(() => {
    throw new Error('broken reader');
  });
  events.subscribe(({ id }) => seen.push(id));
  events.publish(event);
  events.publish(event);
  expect(seen).toEqual([1, 2]);
  expect(logged).toHaveLength(2);
  expect(logged[0]).toMatchObject(['events.reader-failed', { type: 'session-removed' }]);
});

it('readers see events in their order although one of them publishes another', () => {
  const events = new EventLog();
  events.subscribe(({ id }) => {
    if (id === 1) events.publish(event);
  });
  const seen: number[] = [];
  events.subscribe(({ id }) => seen.push(id));
  events.publish(event);
  expect(seen).toEqual([1, 2]);
});

it('a reader that was away catches up with what it missed, or starts over', () => {
  const events = new EventLog();
  for (let count = 0; count < 1_001; count += 1) events.publish(event);
  expect(events.since(999)?.map(({ id }) => id)).toEqual([1000, 1001]);
  expect(events.since(0)).toBeUndefined();
  expect(events.since(1002)).toBeUndefined();
});
