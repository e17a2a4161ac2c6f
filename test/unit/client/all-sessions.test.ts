import { describe, expect, it } from 'vitest';
import { allSessions } from '../../../src/client/all-sessions.ts';
import type { Client } from '../../../src/client/client.ts';
import { Problem } from '../../../src/models/problem.ts';

interface Query {
  readonly limit: number;
  readonly cursor?: string;
  readonly q?: string;
}

/** An owner that has so many sessions, and takes so many a page. */
function owner({ sessions, most }: { readonly sessions: number; readonly most: number }) {
  const asked: Query[] = [];
  const request = (_method: string, _path: string, { query }: { readonly query: Query }) => {
    asked.push(query);
    if (query.limit > most) return Promise.reject(tooMany(most));
    const from = Number(query.cursor ?? 0);
    const to = Math.min(sessions, from + query.limit);
    const items = Array.from({ length: to - from }, (_, index) => ({
      sessionId: `${from + index}`,
    }));
    const broken = from === 0 ? [{ message: 'type is missing' }] : undefined;
    const next = to === sessions ? {} : { nextCursor: String(to) };
    return Promise.resolve({ items, ...next, ...(broken === undefined ? {} : { broken }) });
  };
  return { client: { request } as unknown as Client, asked };
}

function tooMany(most: number): Problem {
  return new Problem('invalid-request', {
    detail: 'The query is not valid.',
    next: 'Correct it.',
    errors: [{ field: 'limit', message: `must be at most ${most}` }],
  });
}

describe('all sessions', () => {
  it('come in one answer up to 5,000, and in several beyond', async () => {
    const { client, asked } = owner({ sessions: 12_000, most: 5000 });
    const { items, broken } = await allSessions(client, { q: 'payments' });
    expect(items.map(({ sessionId }) => sessionId)).toEqual(
      Array.from({ length: 12_000 }, (_, index) => String(index)),
    );
    expect(broken).toEqual([{ message: 'type is missing' }]);
    expect(asked).toEqual([
      { q: 'payments', limit: 5000 },
      { q: 'payments', limit: 5000, cursor: '5000' },
      { q: 'payments', limit: 5000, cursor: '10000' },
    ]);
  });

  it('come in smaller answers from an owner of an earlier version', async () => {
    const { client, asked } = owner({ sessions: 1200, most: 500 });
    expect((await allSessions(client)).items).toHaveLength(1200);
    expect(asked.map(({ limit }) => limit)).toEqual([5000, 500, 500, 500]);
  });

  it('are asked for once where the owner refuses something else', async () => {
    const refused = new Problem('invalid-request', {
      detail: 'The query is not valid.',
      next: 'Correct it.',
      errors: [{ field: 'type', message: 'is not a type' }],
    });
    let asked = 0;
    const request = () => {
      asked += 1;
      return Promise.reject(refused);
    };
    await expect(allSessions({ request })).rejects.toBe(refused);
    expect(asked).toBe(1);
  });
});
