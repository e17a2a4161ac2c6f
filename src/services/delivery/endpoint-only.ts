import type { Credentials } from '../../models/credentials.ts';
import type { Delivery } from './delivery.ts';

/** Nothing is written anywhere: tools ask the endpoint, which answers for every active session. */
export const endpointOnly: Delivery<unknown, Credentials> = {
  prepare: () => Promise.resolve(),
  inspect: () => Promise.resolve([]),
  deliver: () => Promise.resolve(),
  check: () => Promise.resolve('intact'),
  remove: () => Promise.resolve([]),
  reconcile: () => Promise.resolve([]),
};
