import { ManagerFault } from './fault.ts';
import type { ManagerPlace } from './place.ts';

/**
 * One page of a list and where the next one is (Azure REST API reference, "Process the response":
 * `nextLink` is to be followed as it stands). The token of a page is the place it begins at.
 * @throws ManagerFault 400
 */
export function pageOf<T>(
  all: readonly T[],
  query: URLSearchParams,
  path: string,
  place: ManagerPlace,
  size: number,
): { readonly value: readonly T[]; readonly nextLink?: string } {
  const token = query.get('$skiptoken') ?? '0';
  const from = Number(token);
  if (!/^\d+$/.test(token)) {
    throw new ManagerFault(400, 'InvalidSkipToken', 'The skip token is not valid.');
  }
  const value = all.slice(from, from + size);
  if (from + size >= all.length) return { value };
  const next = new URL(path, place.origin);
  next.searchParams.set('api-version', query.get('api-version') ?? '');
  next.searchParams.set('$skiptoken', String(from + size));
  return { value, nextLink: next.href };
}
