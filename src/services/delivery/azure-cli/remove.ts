import { dirname } from 'node:path';
import { Problem } from '../../../models/problem.ts';
import type { Leftover } from '../delivery.ts';
import { locate } from '../shared/user-file/locate.ts';
import { removeFolders } from '../shared/user-file/remove-folders.ts';
import {
  newAzureFile,
  pathOf,
  profileFile,
  tokenCacheFile,
  type AzureFile,
  type AzureFileKind,
} from './azure-file.ts';
import { editAzureFile, readAzureFile } from './edit-file.ts';
import { covers, type MadeRow, type RunRow } from './journal.ts';
import { ownedBy } from './ownership.ts';
import type { EntryParts } from './parts.ts';
import { planRemoval, type RemovalPlan, type RemovalRequest } from './remove-plan.ts';
import type { StashedEntry } from './stash.ts';
import { isVoid, removeTable, type Location, type Root } from './tables.ts';

/** The profile first: the token cache tells whose its entries are. */
const inOrder = [profileFile, tokenCacheFile];

/** Removes entries and restores the user's own. Never throws for trouble with a file or the vault. */
export class EntryRemover {
  readonly #parts: EntryParts;

  constructor(parts: EntryParts) {
    this.#parts = parts;
  }

  /** Removes everything in `folder` and in folders the journal lists, but what `needed` sessions use. */
  async removeUnneeded(
    folder: string,
    isNeeded: (sessionId: string, folder: string) => boolean,
  ): Promise<readonly Leftover[]> {
    const { written, stashed } = await this.#parts.journal.state();
    const folders = new Set([folder, ...[...written, ...stashed].map((row) => row.folder)]);
    const leftovers = [];
    for (const one of folders) {
      leftovers.push(...(await this.#removeIn(one, (sessionId) => isNeeded(sessionId, one))));
    }
    return leftovers;
  }

  async #removeIn(
    folder: string,
    isNeeded: (sessionId: string) => boolean,
  ): Promise<readonly Leftover[]> {
    const runs = (await this.#parts.journal.state()).written.filter((row) => row.folder === folder);
    const kept = runs.filter(({ sessionId }) => isNeeded(sessionId));
    const ended = runs.filter(({ sessionId }) => !isNeeded(sessionId));
    const cache = await readableCache(folder);
    const owns = ownedBy(this.#parts.home, runs, cache.root);
    const needs = (sessionId: string, location: Location) => {
      if (sessionId === '') return kept.some((row) => covers(row, location));
      const row = kept.find((one) => one.sessionId === sessionId);
      return row === undefined ? isNeeded(sessionId) : covers(row, location);
    };
    const leftovers: Leftover[] = [];
    // Without the cache, entries of the profile that az rewrote cannot be recognised.
    const failed = cache.isReadable ? [] : [profileFile];
    for (const kind of inOrder) {
      const stashed = await this.#stashedFor(folder, kind, kept);
      try {
        const plan = await this.#edit(folder, kind, { owns, needs, stashed });
        const left = stashed.filter((stash) => !isDone(stash, plan));
        await this.#noteStashes(stashed, left, plan);
        const unavailable = left.filter(({ reason }) => reason !== undefined);
        leftovers.push(
          ...unavailable.map((one) => stashLeftover(pathOf(folder, kind), one, ended)),
        );
      } catch (error) {
        if (!(error instanceof Problem)) throw error;
        failed.push(kind);
        leftovers.push(...fileLeftovers(pathOf(folder, kind), kind, stashed, ended, error.message));
      }
    }
    await this.#forgetRuns(folder, ended, failed);
    await this.#removeMade(folder);
    return leftovers;
  }

  async #edit(
    folder: string,
    kind: AzureFileKind,
    request: Omit<RemovalRequest, 'tables'>,
  ): Promise<RemovalPlan> {
    const file = pathOf(folder, kind);
    const made = (await this.#parts.journal.state()).made.find((row) => row.file === file);
    let plan: RemovalPlan = { root: undefined, done: new Set(), stashed: [] };
    await editAzureFile({ folder, kind, undoFolder: this.#parts.undoFolder }, (content) => {
      plan = planRemoval(content?.root, { ...request, tables: kind.tables });
      const root = (made?.tables ?? []).reduce(removeTable, plan.root);
      return Promise.resolve(contentAfter(content, kind, root, made?.was));
    });
    return plan;
  }

  /** What is stashed for this file, except where a session that continues needs the location. */
  async #stashedFor(
    folder: string,
    { tables }: AzureFileKind,
    kept: readonly RunRow[],
  ): Promise<readonly StashedEntry[]> {
    const { stashed } = await this.#parts.journal.state();
    return await this.#parts.stash.load(
      stashed.filter(
        (row) =>
          row.folder === folder &&
          tables.includes(row.table) &&
          !kept.some((run) => covers(run, row)),
      ),
    );
  }

  async #noteStashes(
    stashed: readonly StashedEntry[],
    left: readonly StashedEntry[],
    plan: RemovalPlan,
  ): Promise<void> {
    const done = stashed.filter((one) => !left.includes(one)).map(({ row }) => row);
    for (const row of done) await this.#parts.stash.forget(row);
    await this.#parts.journal.note((state) => ({
      ...state,
      stashed: state.stashed
        .filter(({ id }) => !done.some((row) => row.id === id))
        .map((row) => plan.stashed.find(({ id }) => id === row.id) ?? row),
    }));
  }

  /** Ended sessions have nothing left here, except in files that could not be edited. */
  async #forgetRuns(
    folder: string,
    ended: readonly RunRow[],
    failed: readonly AzureFileKind[],
  ): Promise<void> {
    const tables = failed.flatMap((kind) => kind.tables);
    await this.#parts.journal.note((state) => ({
      ...state,
      written: state.written.flatMap((row) => {
        if (row.folder !== folder || !ended.some((one) => one.sessionId === row.sessionId)) {
          return [row];
        }
        const locations = row.locations.filter(({ table }) => tables.includes(table));
        return locations.length === 0 ? [] : [{ ...row, locations }];
      }),
    }));
  }

  /** With the last session and the last stash, what was made for them is gone too. */
  async #removeMade(folder: string): Promise<void> {
    const { written, stashed, made } = await this.#parts.journal.state();
    if ([...written, ...stashed].some((row) => row.folder === folder)) return;
    const files = inOrder.map((kind) => pathOf(folder, kind));
    const here = made.filter(({ file }) => files.includes(file));
    for (const { file, folder: topmost } of here) {
      const path = await locate(file).catch(() => file);
      if (topmost !== undefined) await removeFolders(dirname(path), topmost);
    }
    await this.#parts.journal.note((state) => ({
      ...state,
      made: state.made.filter((row) => !here.some(({ file }) => file === row.file)),
    }));
  }
}

/** Whether a stash was restored, is not needed, or is lost. What something of ours is in front of is none of these. */
function isDone({ row, content, reason }: StashedEntry, { done }: RemovalPlan): boolean {
  return done.has(row.id) || (content === undefined && reason === undefined);
}

async function readableCache(
  folder: string,
): Promise<{ readonly root: Root; readonly isReadable: boolean }> {
  try {
    return { root: (await readAzureFile(folder, tokenCacheFile))?.root, isReadable: true };
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return { root: undefined, isReadable: false };
  }
}

function contentAfter(
  content: AzureFile | undefined,
  kind: AzureFileKind,
  root: Root,
  was: MadeRow['was'],
): AzureFile | undefined {
  if (content === undefined) return root === undefined ? undefined : newAzureFile(kind, root);
  if (was === undefined || !isVoid(root)) return { ...content, root };
  if (was === 'absent') return undefined;
  return { bom: content.bom, lead: '', tail: '', root: undefined };
}

function stashLeftover(
  file: string,
  { row, reason = '' }: StashedEntry,
  ended: readonly RunRow[],
): Leftover {
  const sessionId = ended.find((run) => covers(run, row))?.sessionId ?? row.sessionId;
  return { sessionId, file, what: 'stash', reason };
}

function fileLeftovers(
  file: string,
  { tables }: AzureFileKind,
  stashed: readonly StashedEntry[],
  ended: readonly RunRow[],
  reason: string,
): readonly Leftover[] {
  const left = ended.filter(({ locations }) =>
    locations.some(({ table }) => tables.includes(table)),
  );
  return [
    ...left.map(({ sessionId }) => ({ sessionId, file, what: 'account' as const, reason })),
    ...stashed.map((one) => stashLeftover(file, { ...one, reason }, ended)),
  ];
}
