import { basename } from 'node:path';
import { v4 as uuid } from 'uuid';
import {
  importSources,
  type ImportAnswer,
  type ImportRecord,
  type ImportRequest,
  type ImportUndoAnswer,
} from '../../models/import.ts';
import { Problem } from '../../models/problem.ts';
import type { SessionFields } from '../../models/session-fields.ts';
import type { Settings } from '../../models/settings.ts';
import { toInstant } from '../../models/time.ts';
import { changedFields, snapshotOf } from '../history/changed-fields.ts';
import type { AwsIamUserProvider } from '../providers/aws-iam-user.ts';
import { checkFields } from '../sessions/session-rules.ts';
import { refuse } from '../validation/check.ts';
import type { Draft } from './draft.ts';
import type { ImportParts } from './import-parts.ts';
import type { Importer } from './importer.ts';
import type { PlanContext, RefusesSession } from './plan-context.ts';
import { planImport, type Plan } from './plan.ts';
import { contentReader, fileReader } from './read-file.ts';
import { summary } from './summary.ts';
import { undoImport } from './undo.ts';

/** Imports are kept in the workspace to be taken back, and to recognise what they made. */
const keptImports = 50;

/** Moves in from other tools: what their files say becomes sessions here. The files stay as they are. */
export class ImportService {
  readonly #parts: ImportParts;

  constructor(parts: ImportParts) {
    this.#parts = parts;
  }

  /**
   * What the files of a tool would become; with `apply` it is made, all of it in one write of the
   * workspace, or nothing, except the sessions that `refuses` names a reason for. A dry run without any file has no items. Throws Problem 'invalid-request' (a
   * file the tool does not have; content of another tool), 'not-found' (no file to apply), 'file-unreadable' (a damaged one), 'vault-locked', 'file-unwritable'.
   */
  async import(
    request: ImportRequest,
    by: string,
    refuses?: RefusesSession,
  ): Promise<ImportAnswer> {
    const { requireVault, repository } = this.#parts;
    requireVault();
    const { draft, files } = await this.#read(request);
    const answer = (plan: Plan, importId?: string): ImportAnswer => ({
      from: request.from,
      files: [...files],
      items: plan.items.map((item) =>
        importId === undefined && item.outcome === 'create' ? withoutId(item) : item,
      ),
      notes: [...(draft.notes ?? [])],
      applied: request.apply,
      ...(importId === undefined ? {} : { importId }),
    });
    if (!request.apply) return answer(planImport(draft, await this.#context(request, refuses)));
    let keysKept: Plan['keys'] = new Map();
    let before = this.#parts.settings();
    try {
      const { plan, record } = await repository.add(async () => {
        const made = planImport(draft, await this.#context(request, refuses));
        if (made.made.length === 0) return { add: [], plan: made };
        keysKept = made.keys;
        before = this.#parts.settings();
        for (const [sessionId, keys] of made.keys) {
          await this.#parts.awsIamUser.setKeys(sessionId, keys);
        }
        const newRecord: ImportRecord = {
          importId: uuid(),
          from: request.from,
          at: toInstant(this.#parts.clock.now()),
          made: [...made.made],
        };
        return {
          add: made.sessions,
          beside: this.#beside(made, newRecord),
          plan: made,
          record: newRecord,
        };
      });
      if (record !== undefined) this.#announce(plan, record, { before, by });
      return answer(plan, record?.importId);
    } catch (error) {
      await this.#dropKeys(keysKept);
      throw error;
    }
  }

  /**
   * What taking back the last import would remove; with `apply` it is removed. What was changed since,
   * or is needed by something else, stays. Throws Problem 'not-found' (no import), 'vault-locked',
   * 'file-unwritable'; what was removed by then is gone, and the rest can be taken back again.
   */
  async undo({ apply }: { readonly apply: boolean }, by: string): Promise<ImportUndoAnswer> {
    this.#parts.requireVault();
    return await undoImport(this.#parts, { apply, by });
  }

  async #read({ from, files: given = {}, content, withKeys, apply, options = {} }: ImportRequest) {
    refuseContent({ from, files: given, content });
    const importer: Importer = this.#parts.importers[from];
    const settings = this.#parts.settings();
    const known = Object.keys(importSources[from].files);
    const unknown = Object.keys(given).filter((name) => !known.includes(name));
    if (unknown.length > 0) {
      refuse(
        'request',
        unknown.map((name) => ({
          field: `files.${name}`,
          message: `is not a file of ${from}, which has ${known.join(' and ')}`,
        })),
      );
    }
    const paths =
      content === undefined
        ? { ...importer.files({ settings, home: this.#parts.userHome }), ...given }
        : { file: content.name };
    const found = new Set<string>();
    const draft: Draft = await importer.read({
      files: paths,
      settings,
      reader: content === undefined ? fileReader(found) : contentReader(content, found),
      withKeys,
      options,
    });
    const named = Object.entries(paths).map(([name, path]) => ({
      name,
      path,
      found: found.has(path),
    }));
    // Those that a tool keeps beside the ones that can be named.
    const knownPaths = new Set<string>(Object.values(paths));
    const beside = [...found]
      .filter((path) => !knownPaths.has(path))
      .map((path) => ({
        name: basename(path),
        path,
        found: true,
      }));
    const files = [...named, ...beside];
    if (found.size === 0 && apply) throw nothingFound(from, Object.values(paths));
    return { draft, files };
  }

  async #context(
    { from, withKeys }: ImportRequest,
    refuses: RefusesSession | undefined,
  ): Promise<PlanContext> {
    const { repository, workspace, awsIamUser, usualDelivery, clock } = this.#parts;
    const sessions = repository.all();
    const settings = this.#parts.settings();
    return {
      from,
      withKeys,
      refuses,
      now: clock.now(),
      sessions,
      integrations: workspace.integrations(),
      identityProviders: workspace.identityProviders(),
      settings,
      records: workspace.imports(),
      accessKeyIds: await accessKeyIds(sessions, awsIamUser),
      checkSession: (fields: SessionFields, about) =>
        checkFields(fields, {
          ...about,
          isLeaving: (sessionId) => repository.isLeaving(sessionId),
          settings,
          usualDelivery,
        }),
    };
  }

  /** What the one write of the workspace holds beside the sessions. */
  #beside(plan: Plan, record: ImportRecord) {
    const settings = this.#parts.settings();
    const isSet = Object.keys(plan.settings).length > 0;
    return {
      identityProviders: { put: plan.identityProviders },
      integrations: { put: plan.integrations },
      ...(isSet ? { settings: { ...settings, ...plan.settings } } : {}),
      imports: [...this.#parts.workspace.imports(), record].slice(-keptImports),
    };
  }

  #announce(
    plan: Plan,
    { from, made }: ImportRecord,
    { before, by }: { readonly before: Settings; readonly by: string },
  ): void {
    const { events, history, integrations } = this.#parts;
    for (const idp of plan.identityProviders) {
      events.publish({ type: 'idp', idp });
      history.append({ kind: 'identity-provider-created', message: idp.name, by });
    }
    for (const { integrationId, name } of plan.integrations) {
      events.publish({ type: 'integration', integration: integrations.get(integrationId) });
      history.append({ kind: 'integration-created', message: name, by });
    }
    if (Object.keys(plan.settings).length > 0) {
      events.publish({ type: 'settings' });
      const changes = changedFields(before, { ...before, ...plan.settings });
      history.append({ kind: 'settings-updated', by, changes });
    }
    history.appendAll(
      plan.sessions.map((session) => {
        const { sessionId, sessionName } = session;
        const snapshot = snapshotOf(session);
        return { kind: 'session-created', sessionId, sessionName, snapshot, by };
      }),
    );
    history.append({ kind: 'import-applied', message: `From ${from}: ${summary(made)}.`, by });
  }

  /** The keys that were kept for sessions which could not be saved. */
  async #dropKeys(keys: Plan['keys']): Promise<void> {
    for (const sessionId of keys.keys()) {
      await this.#parts.awsIamUser.dropSecrets({ sessionId }).catch((error: unknown) => {
        this.#parts.log.error('import.keys-not-dropped', { sessionId, error });
      });
    }
  }
}

/** Throws Problem 'invalid-request' for content of another tool, or beside files. */
function refuseContent({
  from,
  files = {},
  content,
}: Pick<ImportRequest, 'from' | 'files' | 'content'>): void {
  if (content === undefined) return;
  if (from !== 'stint') {
    refuse('request', [
      { field: 'content', message: `is for from=stint; ${from} is read from its files` },
    ]);
  }
  if (Object.keys(files).length > 0) {
    refuse('request', [{ field: 'content', message: 'is in place of files: give one of them' }]);
  }
}

function withoutId<T extends { readonly id?: unknown }>({ id, ...item }: T): Omit<T, 'id'> {
  return item;
}

async function accessKeyIds(
  sessions: ReturnType<ImportParts['repository']['all']>,
  awsIamUser: Pick<AwsIamUserProvider, 'accessKeyId'>,
): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  for (const { type, sessionId } of sessions) {
    if (type !== 'awsIamUser') continue;
    const id = await awsIamUser.accessKeyId(sessionId);
    if (id !== undefined) found.set(sessionId, id);
  }
  return found;
}

function nothingFound(from: ImportRequest['from'], paths: readonly string[]): Problem {
  return new Problem('not-found', {
    detail: `There is nothing to import from ${importSources[from].title}: no file at ${paths.join(', ')}.`,
    next: `If it keeps its files elsewhere, name the place: stint import ${from} --file PATH`,
  });
}
