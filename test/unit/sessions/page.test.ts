import fc from 'fast-check';
import { expect, it } from 'vitest';
import { pageOf, type Sort } from '../../../src/api/sessions/page.ts';
import { orderBy, windowOrder } from '../../../src/models/session-order.ts';
import type { Session } from '../../../src/models/session.ts';

const session = (index: number, more: object = {}) =>
  ({
    sessionId: `id-${index}`,
    sessionName: `account-${index}`,
    startDateTime: '',
    status: 'inactive',
    type: 'awsSsoRole',
    region: 'eu-west-1',
    ...more,
  }) as Session;

const some = fc
  .array(
    fc.record({
      sessionName: fc.constantFrom('a', 'b', 'B', 'c 2', 'c 10'),
      startDateTime: fc.constantFrom('', '2026-11-20T09:05:00.000Z', '2026-11-21T09:05:00.000Z'),
      status: fc.constantFrom('active', 'pending', 'inactive'),
      region: fc.constantFrom('eu-west-1', 'us-east-1'),
    }),
    { maxLength: 60 },
  )
  .map((all) => all.map((more, index) => session(index, more)));

it('all pages together are all sessions in order, each once', () => {
  fc.assert(
    fc.property(
      some,
      fc.integer({ min: 1, max: 20 }),
      fc.constantFrom<(Sort | undefined)[]>(undefined, 'sessionName', '-region', 'startDateTime'),
      (sessions, limit, sort) => {
        const listed: Session[] = [];
        let cursor: string | undefined;
        do {
          const page = pageOf(sessions, { sort, limit, cursor });
          expect(page.items.length).toBeLessThanOrEqual(limit);
          listed.push(...page.items);
          cursor = page.nextCursor;
        } while (cursor !== undefined);
        const descending = sort?.startsWith('-') === true;
        const field = (sort ?? '').replace('-', '') as 'region';
        const order = sort === undefined ? windowOrder : orderBy({ field, descending });
        expect(listed).toEqual([...sessions].sort(order));
      },
    ),
  );
});

it('the first page of a large workspace compares most sessions once', () => {
  let comparisons = 0;
  const many = Array.from({ length: 5000 }, (_, index) => {
    const one = session((index * 2_741) % 5000);
    // Each comparison reads the status of both.
    Object.defineProperty(one, 'status', {
      get: () => {
        comparisons += 0.5;
        return 'inactive';
      },
    });
    return one;
  });
  const { items } = pageOf(many, { limit: 100 });
  expect(items.map(({ sessionName }) => sessionName)).toEqual(
    Array.from({ length: 100 }, (_, index) => `account-${index}`),
  );
  // Sorting all takes some 55,000.
  expect(comparisons).toBeLessThan(15_000);
});
