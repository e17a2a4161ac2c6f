import { expect, it } from 'vitest';
import { systemClock } from '../../../src/services/clock/clock.ts';
import { currentRequest, inRequest } from '../../../src/services/log/request-scope.ts';

it('a timer belongs to no request, but the work of a request does, also after a pause', async () => {
  const seen = await inRequest('request-1', async () => {
    const timer = new Promise<string | undefined>((resolve) => {
      systemClock.after(1, () => resolve(currentRequest()));
    });
    return [await timer, currentRequest()];
  });
  expect(seen).toEqual([undefined, 'request-1']);
  expect(currentRequest()).toBeUndefined();
});
