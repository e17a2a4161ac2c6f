import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readEvents, type ReceivedEvent } from '../../../src/client/event-stream.ts';

async function read(pieces: readonly string[]) {
  let signs = 0;
  const events: ReceivedEvent[] = [];
  for await (const event of readEvents(stream(pieces), () => (signs += 1))) events.push(event);
  return { signs, events };
}

async function* stream(pieces: readonly string[]): AsyncGenerator<string> {
  for (const piece of pieces) {
    await Promise.resolve();
    yield piece;
  }
}

const text =
  ': open\n\n' +
  'id: a.1\ndata: {"type":"settings"}\n\n' +
  ': keep-alive\n\n' +
  'id: a.2\r\ndata: {"type":"vault",\r\ndata: "locked":true}\r\n\r\n';

describe('the event stream', () => {
  it('gives each event with its id, and a sign for each event and comment', async () => {
    expect(await read([text])).toEqual({
      signs: 4,
      events: [
        { id: 'a.1', event: { type: 'settings' } },
        { id: 'a.2', event: { type: 'vault', locked: true } },
      ],
    });
  });

  it('is the same wherever the network cuts it', async () => {
    const whole = await read([text]);
    const cuts = fc.uniqueArray(fc.integer({ min: 1, max: text.length - 1 }));
    await fc.assert(
      fc.asyncProperty(cuts, async (at) => {
        const edges = [0, ...at.sort((a, b) => a - b), text.length];
        const pieces = edges.slice(1).map((end, index) => text.slice(edges[index], end));
        expect(await read(pieces)).toEqual(whole);
      }),
    );
  });

  it('gives nothing for an event that is cut off at the end', async () => {
    expect((await read(['id: a.1\ndata: {"type":"set'])).events).toEqual([]);
  });
});
