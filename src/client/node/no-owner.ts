import { OwnerFailure } from './owner-failure.ts';

/** No owner listens: there is no socket, or its owner died without removing it. */
export class NoOwner extends OwnerFailure {
  constructor() {
    super('unreachable', 'No agent is running.', 'Start one: stint agent start');
  }
}
