import type { BrokenSession } from '../../models/workspace.ts';
import type { OwnerClient, SessionQuery, SessionView } from '../owner/owner-client.ts';

export interface AllSessions {
  readonly items: readonly SessionView[];
  /** Entries of the workspace that cannot be read. */
  readonly broken?: readonly BrokenSession[];
}

const pageSize = 500;

/** What `GET /sessions` lists, all pages in one. Throws Problem. */
export async function allSessions(
  owner: OwnerClient,
  query: SessionQuery = {},
): Promise<AllSessions> {
  const items: SessionView[] = [];
  let broken: readonly BrokenSession[] = [];
  let cursor: string | undefined;
  do {
    const page = await owner.request('GET', '/v1/sessions', {
      query: { ...query, limit: pageSize, ...(cursor === undefined ? {} : { cursor }) },
    });
    items.push(...page.items);
    broken = [...broken, ...(page.broken ?? [])];
    cursor = page.nextCursor;
  } while (cursor !== undefined);
  return { items, ...(broken.length === 0 ? {} : { broken }) };
}
