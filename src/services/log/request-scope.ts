import { AsyncLocalStorage } from 'node:async_hooks';

/*
 * Which request the code that runs now works for. It follows the work through every await, also after
 * the answer was sent: a start continues while it waits for a person.
 */

const requests = new AsyncLocalStorage<string | undefined>();

/** Runs the work of one request. Every log line that it writes names the request. */
export function inRequest<T>(requestId: string, work: () => T): T {
  return requests.run(requestId, work);
}

/** Runs work that belongs to no request, though one may have caused it, such as a timer. */
export function outsideRequests<T>(work: () => T): T {
  return requests.run(undefined, work);
}

export function currentRequest(): string | undefined {
  return requests.getStore();
}
