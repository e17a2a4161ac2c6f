import { createParser } from 'eventsource-parser';
import type { ClientResponse } from './transport.ts';
import type { components } from './openapi.ts';

export interface ReceivedEvent {
  /** To resume after it. */
  readonly id: string;
  readonly event: components['schemas']['Event'];
}

/**
 * Reads Server-Sent Events (HTML Standard, "Interpreting an event stream"). `onSign` is called for
 * each event and each comment; the first comment comes as soon as the stream is open.
 */
export async function* readEvents(
  text: ClientResponse['text'],
  onSign: () => void = () => undefined,
): AsyncGenerator<ReceivedEvent> {
  const received: ReceivedEvent[] = [];
  const parser = createParser({
    onComment: onSign,
    onEvent({ id = '', data }) {
      onSign();
      received.push({ id, event: JSON.parse(data) as ReceivedEvent['event'] });
    },
  });
  for await (const piece of text) {
    parser.feed(piece);
    yield* received.splice(0);
  }
}
