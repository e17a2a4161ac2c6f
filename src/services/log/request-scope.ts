import { AsyncLocalStorage } from 'node:async_hooks';
import type { Actor } from '../../models/history.ts';

/*
 * Which request the code that runs now works for. It follows the work through every await, also after
 * the answer was sent: a start continues while it waits for a person.
 */

interface RequestScope {
  readonly requestId: string;
  /** Known once the request has proved who sent it. */
  actor?: { readonly subject: string } & Actor;
}

const requests = new AsyncLocalStorage<RequestScope | undefined>();

/** Runs the work of one request. Every log line that it writes names the request. */
export function inRequest<T>(requestId: string, work: () => T): T {
  return requests.run({ requestId }, work);
}

/** Runs work that belongs to no request, though one may have caused it, such as a timer. */
export function outsideRequests<T>(work: () => T): T {
  return requests.run(undefined, work);
}

export function currentRequest(): string | undefined {
  return requests.getStore()?.requestId;
}

/** Says who sent the current request, for the history. */
export function setActor(actor: { readonly subject: string } & Actor): void {
  const request = requests.getStore();
  if (request !== undefined) request.actor = actor;
}

/** Who sent the current request; undefined where it proved nothing, and outside of requests. */
export function currentActor(): ({ readonly subject: string } & Actor) | undefined {
  return requests.getStore()?.actor;
}

/** Who sent the current request, if that is `subject`: work may continue for somebody else. */
export function actorOf(subject: string): Actor | undefined {
  const { actor } = requests.getStore() ?? {};
  if (actor?.subject !== subject) return undefined;
  const { subject: _, ...rest } = actor;
  return rest;
}
