import { Problem } from '../models/problem.ts';
import type { Client, Schemas } from './client.ts';
import type { AnswerOf, QueryOf } from './routes.ts';

type SessionPage = AnswerOf<'GET', '/v1/sessions'>;
type BrokenSessions = NonNullable<SessionPage['broken']>;

export interface AllSessions {
  readonly items: readonly Schemas['Session'][];
  /** Entries of the workspace that cannot be read. */
  readonly broken?: BrokenSessions;
}

/** The most that one answer may have: most of what each costs is not its sessions. */
const pageSize = 5000;
/** The most of an owner that an earlier version of Stint started and that still runs. */
const earlierPageSize = 500;

/** All pages of `GET /v1/sessions` in one. Throws as `Client.request` does. */
export async function allSessions(
  client: Pick<Client, 'request'>,
  query: QueryOf<'GET', '/v1/sessions'> = {},
): Promise<AllSessions> {
  const read = async (limit: number, after: { readonly cursor?: string } = {}) =>
    await client.request('GET', '/v1/sessions', { query: { ...query, ...after, limit } });
  let limit = pageSize;
  let page = await read(limit).catch((error: unknown) => {
    if (!isOfLimit(error)) throw error;
    limit = earlierPageSize;
    return read(limit);
  });
  const pages = [page];
  while (page.nextCursor !== undefined) {
    page = await read(limit, { cursor: page.nextCursor });
    pages.push(page);
  }
  const broken = pages.flatMap((one) => one.broken ?? []);
  return {
    items: pages.flatMap(({ items }) => items),
    ...(broken.length === 0 ? {} : { broken }),
  };
}

function isOfLimit(error: unknown): boolean {
  if (!(error instanceof Problem) || error.code !== 'invalid-request') return false;
  return error.details.errors?.some(({ field }) => field === 'limit') ?? false;
}
