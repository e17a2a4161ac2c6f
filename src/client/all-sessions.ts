import type { BrokenSession } from '../models/workspace.ts';
import type { Client, Schemas } from './client.ts';
import type { QueryOf } from './routes.ts';

export interface AllSessions {
  readonly items: readonly Schemas['Session'][];
  /** Entries of the workspace that cannot be read. */
  readonly broken?: readonly BrokenSession[];
}

const pageSize = 500;

/** All pages of `GET /v1/sessions` in one. Throws as `Client.request` does. */
export async function allSessions(
  client: Pick<Client, 'request'>,
  query: QueryOf<'GET', '/v1/sessions'> = {},
): Promise<AllSessions> {
  const items: Schemas['Session'][] = [];
  let broken: readonly BrokenSession[] = [];
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
