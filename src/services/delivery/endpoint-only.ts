import type { Credentials } from '../../models/credentials.ts';
import type { Delivery } from './delivery.ts';

/** Writes nothing: tools ask the endpoint, which answers for every active session. */
export const endpointOnly: Delivery<unknown, Credentials> = {
  prepare: () => Promise.resolve(),
  inspect: () => Promise.resolve([]),
  write: () => Promise.resolve([]),
  check: () => Promise.resolve('intact'),
  remove: () => Promise.resolve([]),
  sweep: () => Promise.resolve([]),
  held: () => Promise.resolve([]),
};
