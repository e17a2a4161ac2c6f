import { describe, expect, test } from 'vitest';
import { endingWith } from '../../electron/owner/ending-with.ts';

describe('an event stream', () => {
  const streaming = (onCancel: () => void) =>
    new Response(
      new ReadableStream({
        start: (controller) => controller.enqueue(new TextEncoder().encode('data: 1\n\n')),
        cancel: onCancel,
      }),
      { headers: { 'content-type': 'text/event-stream' } },
    );

  test('ends with its owner', async () => {
    const over = new AbortController();
    const cancelled = Promise.withResolvers<undefined>();
    const answer = endingWith(
      over.signal,
      streaming(() => cancelled.resolve(undefined)),
    );
    const reader = answer.body?.getReader();
    await reader?.read();
    over.abort();
    await expect(reader?.read()).rejects.toThrow();
    await cancelled.promise;
  });

  test('ends at its source when the page closes it', async () => {
    const cancelled = Promise.withResolvers<undefined>();
    const answer = endingWith(
      new AbortController().signal,
      streaming(() => cancelled.resolve(undefined)),
    );
    await answer.body?.cancel();
    await cancelled.promise;
  });

  test('is the only kind of answer that is wrapped', () => {
    const answer = Response.json({});
    expect(endingWith(new AbortController().signal, answer)).toBe(answer);
  });
});
