import type { components } from './openapi.ts';

export interface ReceivedEvent {
  /** To resume after it. */
  readonly id: string;
  readonly event: components['schemas']['Event'];
}

/**
 * Reads Server-Sent Events (HTML Standard, "Interpreting an event stream"). `onSign` is called for
 * whatever comes, comments too: the first of them comes as soon as the stream is open.
 */
export async function* readEvents(
  text: AsyncIterable<string>,
  onSign: () => void = () => undefined,
): AsyncGenerator<ReceivedEvent> {
  let rest = '';
  for await (const piece of text) {
    rest += piece;
    const blocks = rest.split(/\r?\n\r?\n/);
    rest = blocks.pop() ?? '';
    for (const block of blocks) {
      onSign();
      const fields = fieldsOf(block);
      const data = fields.get('data');
      if (data === undefined) continue; // a comment, sent to keep the stream alive
      yield { id: fields.get('id') ?? '', event: JSON.parse(data) as ReceivedEvent['event'] };
    }
  }
}

function fieldsOf(block: string): ReadonlyMap<string, string> {
  const fields = new Map<string, string>();
  for (const line of block.split(/\r?\n/)) {
    const [, name, value] = /^(\w+): ?(.*)$/.exec(line) ?? [];
    if (name === undefined || value === undefined) continue;
    const before = fields.get(name);
    fields.set(name, name === 'data' && before !== undefined ? `${before}\n${value}` : value);
  }
  return fields;
}
