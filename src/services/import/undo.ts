import type {
  ImportRecord,
  ImportUndoAnswer,
  ImportUndoItem,
  MadeByImport,
} from '../../models/import.ts';
import { Problem } from '../../models/problem.ts';
import type { Session } from '../../models/session.ts';
import { dependents } from '../sessions/session-rules.ts';
import type { ImportParts } from './import-parts.ts';
import { identityProviderMark, integrationMark, keysMark, sessionMark } from './marks.ts';
import { summary } from './summary.ts';

/** Throws like `ImportService.undo`. */
export async function undoImport(
  parts: ImportParts,
  { apply, by }: { readonly apply: boolean; readonly by: string },
): Promise<ImportUndoAnswer> {
  const record = parts.workspace.imports().at(-1);
  if (record === undefined) {
    throw new Problem('not-found', {
      detail: 'There is no import to take back.',
      next: 'Remove single sessions with `stint session remove NAME`.',
    });
  }
  const items = await planUndo(record, parts);
  if (apply) {
    // Children first: each was made after what it needs.
    for (const item of items.toReversed()) {
      if (item.outcome === 'remove') await remove(item, record, parts, by);
    }
    await parts.workspace.save({
      imports: parts.workspace.imports().filter(({ importId }) => importId !== record.importId),
      keepBackup: true,
    });
    const removed = items.filter(({ outcome }) => outcome === 'remove');
    const message = `From ${record.from}: removed ${summary(removed) || 'nothing'}.`;
    parts.history.append({ kind: 'import-undone', message, by });
  }
  const { importId, from, at } = record;
  return { importId, from, at, items: [...items], applied: apply };
}

/** In the order in which the things were made. */
async function planUndo(
  { made }: ImportRecord,
  parts: ImportParts,
): Promise<readonly ImportUndoItem[]> {
  const keyIds = new Map<string, string | undefined>();
  for (const { kind, id } of made) {
    if (kind === 'session' || kind === 'accessKeys') {
      keyIds.set(id, await parts.awsIamUser.accessKeyId(id));
    }
  }
  const keysOf = new Map(
    made.flatMap(({ kind, id, mark }) => (kind === 'accessKeys' ? [[id, mark]] : [])),
  );
  const stays = new Map<MadeByImport, string>();
  for (const thing of made) {
    const why = changed(thing, { parts, keyIds, keysOf });
    if (why !== undefined) stays.set(thing, why);
  }
  // What stays keeps what it needs; that may keep more.
  for (let before = -1; before !== stays.size;) {
    before = stays.size;
    for (const thing of made) {
      if (stays.has(thing)) continue;
      const leaving = new Set(
        made.filter((one) => one.kind === 'session' && !stays.has(one)).map(({ id }) => id),
      );
      const user = neededBy(thing, leaving, { made, parts });
      if (user !== undefined) stays.set(thing, `Session ${user} needs it.`);
    }
  }
  return made.map((thing): ImportUndoItem => {
    const { kind, id, name } = thing;
    const why = stays.get(thing);
    if (!exists(thing, parts)) return { kind, id, name, outcome: 'gone' };
    return why === undefined
      ? { kind, id, name, outcome: 'remove' }
      : { kind, id, name, outcome: 'keep', reason: why };
  });
}

function exists({ kind, id }: MadeByImport, { repository, workspace }: ImportParts): boolean {
  switch (kind) {
    case 'session':
    case 'accessKeys':
      return repository.find(id) !== undefined;
    case 'integration':
      return workspace.integrations().some(({ integrationId }) => integrationId === id);
    case 'identityProvider':
      return workspace.identityProviders().some(({ idpId }) => idpId === id);
    case 'setting':
    case 'other':
      return true;
  }
}

/** Why the thing is no longer as the import made it; undefined if it is, or is gone. */
function changed(
  { kind, id, mark }: MadeByImport,
  {
    parts: { repository, workspace, settings },
    keyIds,
    keysOf,
  }: {
    readonly parts: ImportParts;
    readonly keyIds: ReadonlyMap<string, string | undefined>;
    readonly keysOf: ReadonlyMap<string, string>;
  },
): string | undefined {
  const keyId = keyIds.get(id);
  const keysNow = keyId === undefined ? undefined : keysMark(keyId);
  const wasChanged = 'It was changed since.';
  switch (kind) {
    case 'session': {
      const session = repository.find(id);
      if (session === undefined) return undefined;
      if (sessionMark(session) !== mark) return wasChanged;
      return keysNow === keysOf.get(id) ? undefined : 'Its access keys were changed since.';
    }
    case 'accessKeys':
      return keysNow === undefined || keysNow === mark ? undefined : wasChanged;
    case 'integration': {
      const one = workspace.integrations().find(({ integrationId }) => integrationId === id);
      return one === undefined || integrationMark(one) === mark ? undefined : wasChanged;
    }
    case 'identityProvider': {
      const one = workspace.identityProviders().find(({ idpId }) => idpId === id);
      return one === undefined || identityProviderMark(one) === mark ? undefined : wasChanged;
    }
    case 'setting':
      return settings()[id as 'defaultRegion'] === mark ? undefined : wasChanged;
    case 'other':
      return undefined;
  }
}

/** The name of a session that stays and needs the thing. */
function neededBy(
  { kind, id }: MadeByImport,
  leaving: ReadonlySet<string>,
  { made, parts }: Pick<ImportRecord, 'made'> & { readonly parts: ImportParts },
): string | undefined {
  const { repository } = parts;
  const staying = (sessions: readonly Session[]) =>
    sessions.find(({ sessionId }) => !leaving.has(sessionId))?.sessionName;
  const all = repository.all();
  switch (kind) {
    case 'session':
      return staying(dependents(id, all));
    case 'accessKeys': {
      // A session of another import loses them; one that this import made, and that stays, does not.
      const isOwn = made.some((one) => one.kind === 'session' && one.id === id);
      return isOwn ? staying(all.filter(({ sessionId }) => sessionId === id)) : undefined;
    }
    case 'integration':
      return staying(all.filter((one) => 'integrationId' in one && one.integrationId === id));
    case 'identityProvider':
      return staying(all.filter((one) => one.type === 'awsIamRoleFederated' && one.idpId === id));
    case 'setting':
    case 'other':
      return undefined;
  }
}

async function remove(
  { kind, id }: ImportUndoItem,
  { made }: ImportRecord,
  parts: ImportParts,
  by: string,
): Promise<void> {
  switch (kind) {
    case 'session':
      await parts.sessions.remove(id, { by });
      return;
    case 'accessKeys':
      // Those of a session that this import made go with it.
      if (!made.some((one) => one.kind === 'session' && one.id === id)) {
        await parts.awsIamUser.dropSecrets({ sessionId: id });
      }
      return;
    case 'integration':
      await parts.integrations.remove(id, { sessions: 'keep', by });
      return;
    case 'identityProvider':
      await parts.identityProviders.remove(id, by);
      return;
    case 'setting': {
      const before = made.find((one) => one.kind === kind && one.id === id)?.before;
      if (before !== undefined) await parts.changeSettings({ [id]: before }, by);
      return;
    }
    case 'other':
      return;
  }
}
