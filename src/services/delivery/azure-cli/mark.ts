import { createHash } from 'node:crypto';
import type { JsonNode } from '../shared/json-file/parse.ts';
import { nodeIn, scalarIn, stringIn } from '../shared/json-file/value.ts';

/**
 * What an entry of ours says in its member `stint`, a subscription in that of its `user`: there it
 * adds no column to what `az account list` prints. The Azure CLI and msal keep members they do not
 * know; who signs in anew writes an entry without it, which then is theirs.
 */
export interface Mark {
  /** Which Stint's it is. */
  readonly home: string;
  /** Sessions that need the entry; it goes with the last. */
  readonly sessions: readonly string[];
  /** Of a subscription: whether Stint made it the default. */
  readonly isDefault?: boolean;
}

export const markKey = 'stint';

/** Undefined in an entry that is no Stint's. */
export function markOf(entry: JsonNode | undefined): Mark | undefined {
  const mark = markNode(entry);
  const home = stringIn(mark, 'home');
  const sessions = sessionsNode(entry);
  if (home === undefined || sessions?.kind !== 'array') return undefined;
  const isDefault = scalarIn(mark, 'isDefault');
  return {
    home,
    sessions: sessions.children.flatMap((one) =>
      one.kind === 'scalar' && typeof one.value === 'string' ? [one.value] : [],
    ),
    ...(typeof isDefault === 'boolean' ? { isDefault } : {}),
  };
}

export function sessionsNode(entry: JsonNode | undefined): JsonNode | undefined {
  return nodeIn(markNode(entry), 'sessions');
}

export function madeDefaultNode(entry: JsonNode | undefined): JsonNode | undefined {
  return nodeIn(markNode(entry), 'isDefault');
}

function markNode(entry: JsonNode | undefined): JsonNode | undefined {
  return nodeIn(nodeIn(entry, 'user') ?? entry, markKey);
}

/** The name of the Stint whose journal that is. */
export function homeName(journalFile: string): string {
  return createHash('sha256').update(journalFile).digest('base64url').slice(0, 12);
}
