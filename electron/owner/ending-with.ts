/**
 * Ends the body of an event stream when the signal aborts: over the app's scheme no connection
 * breaks, and the stream must not outlive its owner. Cancelling the body still reaches its source.
 */
export function endingWith(signal: AbortSignal, response: Response): Response {
  const type = response.headers.get('content-type') ?? '';
  if (response.body === null || !type.startsWith('text/event-stream')) return response;
  const passing = new TransformStream<Uint8Array, Uint8Array>();
  response.body.pipeTo(passing.writable, { signal }).catch(() => undefined);
  return new Response(passing.readable, response);
}
