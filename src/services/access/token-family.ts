/** A token and the one it was made with, if that was a client token. */
export interface FamilyMember {
  readonly tokenId: string;
  readonly makerId?: string | undefined;
}

/** A token and everything that was made with it, also by way of others: they end together. */
export function withDescendants(tokenId: string, all: Iterable<FamilyMember>): ReadonlySet<string> {
  const made = Map.groupBy(all, ({ makerId }) => makerId);
  const found = new Set([tokenId]);
  // A set also visits what is added during the loop.
  for (const id of found) for (const child of made.get(id) ?? []) found.add(child.tokenId);
  return found;
}
