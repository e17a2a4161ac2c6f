import { ManagerFault } from './fault.ts';
import type { ManagerEndpoint } from './endpoint.ts';

/**
 * One page of a list and where the next one is (Azure REST API reference, "Process the response":
 * `nextLink` must be followed unchanged). The token of a page is the index of its first entry.
 * @throws ManagerFault 400
 */
export function pageOf<T>(
  all: readonly T[],
  query: URLSearchParams,
  path: string,
  endpoint: ManagerEndpoint,
  size: number,
): { readonly value: readonly T[]; readonly nextLink?: string } {
  const token = query.get('$skiptoken') ?? '0';
  const from = Number(token);
  if (!/^\d+$/.test(token)) {
    throw new ManagerFault(400, 'InvalidSkipToken', 'The skip token is not valid.');
  }
  const value = all.slice(from, from + size);
  if (from + size >= all.length) return { value };
  const next = new URL(path, endpoint.origin);
  next.searchParams.set('api-version', query.get('api-version') ?? '');
  next.searchParams.set('$skiptoken', String(from + size));
  return { value, nextLink: next.href };
}
