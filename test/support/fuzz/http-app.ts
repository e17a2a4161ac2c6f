import fc from 'fast-check';
import { ownerToAsk, requestsToEndVault, requestsWithVault } from './asked-owner.ts';
import type { FuzzTarget } from './fuzz-target.ts';

/** Every answer is one that openapi.json describes, and never a 500. */
export const httpApp: FuzzTarget = {
  name: 'http-app',
  inputs: 200,
  async open() {
    const owner = await ownerToAsk();
    return {
      close: () => owner.close(),
      property: fc.asyncProperty(
        fc.oneof(
          { weight: 200, arbitrary: requestsWithVault },
          { weight: 1, arbitrary: requestsToEndVault },
        ),
        async (request) => {
          await owner.expectDescribed(request);
        },
      ),
    };
  },
};
