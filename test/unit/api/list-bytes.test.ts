import { describe, expect, it } from 'vitest';
import { listBytes } from '../../../src/api/list-bytes.ts';

describe('the bytes of a list', () => {
  it.each([0, 1, 99, 100, 101, 250])(
    'are the JSON of %i items and what is beside them',
    (count) => {
      const items = Array.from({ length: count }, (_, index) => ({
        name: `número ${index}`,
        index,
      }));
      for (const others of [{}, { nextCursor: 'a"b', broken: [{ message: '…' }] }]) {
        expect(Buffer.from(listBytes({ items, ...others })).toString()).toBe(
          JSON.stringify({ items, ...others }),
        );
      }
    },
  );
});
