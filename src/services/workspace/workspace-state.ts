import type { IdentityProvider } from '../../models/identity-provider.ts';
import { importRecordSchema, type ImportRecord } from '../../models/import.ts';
import type { Integration } from '../../models/integration.ts';
import type { Session } from '../../models/session.ts';
import type { Settings } from '../../models/settings.ts';
import type { FileStamp } from '../files/private-file.ts';
import { entryId, putEntry, readEntries, type SessionEntry } from './session-entry.ts';
import { breakCycles } from './parent-cycles.ts';
import { identityProviders, integrations, type CollectionChange } from './collection.ts';
import type { WorkspaceDocument } from './workspace-document.ts';
import { changedSettings } from './workspace-settings.ts';

/** One version of the workspace: its file, and the parsed content. */
export interface WorkspaceState {
  readonly document: WorkspaceDocument;
  readonly entries: readonly SessionEntry[];
  readonly byId: ReadonlyMap<string, Session>;
  readonly integrations: readonly Integration[];
  readonly identityProviders: readonly IdentityProvider[];
  /** What imports made, oldest first. */
  readonly imports: readonly ImportRecord[];
  /** The effective settings: those of the file, overridden by the environment. */
  readonly settings: Settings;
  /** The file this version was read from or written to; undefined before it is written. */
  readonly stamp: FileStamp | undefined;
  /** That file is damaged and was already moved aside: it must not become a backup. */
  readonly fileIsDamaged?: true;
}

export interface WorkspaceChange {
  readonly put?: readonly Session[];
  readonly remove?: readonly string[];
  readonly settings?: Settings;
  readonly integrations?: CollectionChange<Integration>;
  readonly identityProviders?: CollectionChange<IdentityProvider>;
  /** All of them. */
  readonly imports?: readonly ImportRecord[];
}

export function stateOf(
  document: WorkspaceDocument,
  settings: Settings,
  stamp: FileStamp | undefined,
): WorkspaceState {
  return fromEntries(document, readEntries(document.sessions), settings, stamp);
}

function fromEntries(
  document: WorkspaceDocument,
  read: readonly SessionEntry[],
  settings: Settings,
  stamp: FileStamp | undefined,
): WorkspaceState {
  const entries = breakCycles(read);
  const byId = new Map<string, Session>();
  for (const { session } of entries) if (session) byId.set(session.sessionId, session);
  return {
    document,
    entries,
    byId,
    integrations: integrations.read(document),
    identityProviders: identityProviders.read(document),
    imports: (document.imports ?? []).flatMap(
      (raw) => importRecordSchema.safeParse(raw).data ?? [],
    ),
    settings,
    stamp,
  };
}

/**
 * Applies a change, made by a writer that had read `seen`, to `current`. `overruled`: names of sessions whose
 * state in `current` could not be reconciled with the change.
 */
export function changeState(
  seen: WorkspaceState,
  current: WorkspaceState,
  change: WorkspaceChange,
): { readonly state: WorkspaceState; readonly overruled: readonly string[] } {
  const removed = new Set(change.remove);
  const toPut = new Map(change.put?.map((session) => [session.sessionId, session]));
  const overruled: string[] = [];
  const putInto = (entry: SessionEntry | undefined, session: Session): SessionEntry => {
    const put = putEntry(entry, seen.byId.get(session.sessionId), session);
    if (put.overruled && entry?.broken && seen.byId.has(session.sessionId)) {
      overruled.push(session.sessionName);
    }
    return put.entry;
  };

  const entries: SessionEntry[] = [];
  for (const entry of current.entries) {
    const id = entryId(entry);
    const session = id === undefined ? undefined : toPut.get(id);
    if (id !== undefined && removed.has(id)) continue;
    if (!session || (entry.broken && current.byId.has(session.sessionId))) entries.push(entry);
    else {
      entries.push(putInto(entry, session));
      toPut.delete(session.sessionId);
    }
  }
  for (const session of toPut.values()) entries.push(putInto(undefined, session));

  const { settings } = change;
  const document: WorkspaceDocument = {
    ...current.document,
    ...integrations.change(current.document, change.integrations),
    ...identityProviders.change(current.document, change.identityProviders),
    ...(change.imports === undefined ? {} : { imports: change.imports }),
    sessions: entries.map(({ raw }) => raw),
    settings: settings
      ? changedSettings(current.document.settings, seen.settings, settings)
      : current.document.settings,
  };
  const effective = settings
    ? changedSettings(current.settings, seen.settings, settings)
    : current.settings;
  return { state: fromEntries(document, entries, effective, undefined), overruled };
}
