import type { Client, Schemas } from './client.ts';
import type { AnswerOf, QueryOf } from './routes.ts';

type BrokenSessions = NonNullable<AnswerOf<'GET', '/v1/sessions'>['broken']>;

export interface AllSessions {
  readonly items: readonly Schemas['Session'][];
  /** Entries of the workspace that cannot be read. */
  readonly broken?: BrokenSessions;
}

const pageSize = 500;

/** All pages of `GET /v1/sessions` in one. Throws as `Client.request` does. */
export async function allSessions(
  client: Pick<Client, 'request'>,
  query: QueryOf<'GET', '/v1/sessions'> = {},
): Promise<AllSessions> {
  const items: Schemas['Session'][] = [];
  let broken: BrokenSessions = [];
  let cursor: string | undefined;
  do {
    const page = await client.request('GET', '/v1/sessions', {
      query: { ...query, limit: pageSize, ...(cursor === undefined ? {} : { cursor }) },
    });
    items.push(...page.items);
    broken = [...broken, ...(page.broken ?? [])];
    cursor = page.nextCursor;
  } while (cursor !== undefined);
  return { items, ...(broken.length === 0 ? {} : { broken }) };
}
