import { brokenEntry, type SessionEntry } from './session-entry.ts';

/**
 * The entries, with those whose parents lead back to themselves as broken ones: what is made of the
 * others has no cycles, so whatever follows parents comes to an end. No request makes a cycle; a
 * person who edits the file can.
 */
export function breakCycles(entries: readonly SessionEntry[]): readonly SessionEntry[] {
  const parents = new Map<string, string>();
  for (const { session } of entries) {
    if (session?.type === 'awsIamRoleChained') {
      parents.set(session.sessionId, session.parentSessionId);
    }
  }
  const cyclic = cyclicIds(parents);
  if (cyclic.size === 0) return entries;
  return entries.map((entry) =>
    entry.session !== undefined && cyclic.has(entry.session.sessionId)
      ? brokenEntry(entry.raw, 'parentSessionId leads back to this session')
      : entry,
  );
}

/** The members of cycles, without those that only lead into one. Visits each id once. */
function cyclicIds(parents: ReadonlyMap<string, string>): ReadonlySet<string> {
  const visited = new Set<string>();
  const cyclic = new Set<string>();
  for (const id of parents.keys()) {
    const path: string[] = [];
    let at: string | undefined = id;
    while (at !== undefined && !visited.has(at)) {
      visited.add(at);
      path.push(at);
      at = parents.get(at);
    }
    const start = at === undefined ? -1 : path.indexOf(at);
    if (start !== -1) for (const member of path.slice(start)) cyclic.add(member);
  }
  return cyclic;
}
