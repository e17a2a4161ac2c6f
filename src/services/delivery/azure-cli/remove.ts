import { dirname } from 'node:path';
import { Problem } from '../../../models/problem.ts';
import type { Leftover } from '../delivery.ts';
import { locate } from '../shared/user-file/locate.ts';
import { removeFolders } from '../shared/user-file/remove-folders.ts';
import { understood } from '../shared/user-file/understood.ts';
import {
  pathOf,
  profileFile,
  tokenCacheFile,
  type AzureFile,
  type AzureFileKind,
} from './azure-file.ts';
import { editAzureFile, readAzureFile } from './edit-file.ts';
import { covers, type AzureJournal, type StashRow, type RunRow } from './journal.ts';
import { ownerTest } from './ownership.ts';
import type { AzureStash } from './stash.ts';
import { settle, type Settlement, type Waiting } from './remove-plan.ts';
import { isVoid, withoutTable, type Entry, type Place } from './tables.ts';

/** The profile first: whose it is shows in the token cache. */
const inOrder = [profileFile, tokenCacheFile];

interface Held extends Waiting {
  /** Why it cannot be had now; without one and without a text, it is back already. */
  readonly reason?: string;
}

/** Takes entries out again and puts the user's own back. Never throws for file or vault trouble. */
export class AzureRemoval {
  readonly #journal: AzureJournal;
  readonly #putAside: AzureStash;
  readonly #undoFolder: string;
  readonly #home: string;

  constructor(parts: {
    readonly journal: AzureJournal;
    readonly putAside: AzureStash;
    readonly undoFolder: string;
    readonly home: string;
  }) {
    this.#journal = parts.journal;
    this.#putAside = parts.putAside;
    this.#undoFolder = parts.undoFolder;
    this.#home = parts.home;
  }

  /** Leaves in `folder`, and wherever else the journal knows of, what sessions that `keeps` names need. */
  async settle(
    folder: string,
    keeps: (sessionId: string, folder: string) => boolean,
  ): Promise<readonly Leftover[]> {
    const { runs, putAside } = await this.#journal.state();
    const folders = new Set([folder, ...[...runs, ...putAside].map((row) => row.folder)]);
    const leftovers = [];
    for (const one of folders) {
      leftovers.push(...(await this.#settleFolder(one, (sessionId) => keeps(sessionId, one))));
    }
    return leftovers;
  }

  /** Entries in the vault that no row tells of: a crash came between. */
  async adoptOrphans(): Promise<void> {
    const { putAside } = await this.#journal.state();
    const orphans = (await this.#putAside.orphans(putAside)).map(({ id, sessionId, content }) => {
      const { folder, table, key, index } = content;
      return { id, sessionId, folder, table, key, index };
    });
    if (orphans.length === 0) return;
    await this.#journal.note((state) => ({ ...state, putAside: [...state.putAside, ...orphans] }));
  }

  async #settleFolder(
    folder: string,
    keeps: (sessionId: string) => boolean,
  ): Promise<readonly Leftover[]> {
    const runs = (await this.#journal.state()).runs.filter((row) => row.folder === folder);
    const kept = runs.filter(({ sessionId }) => keeps(sessionId));
    const ended = runs.filter(({ sessionId }) => !keeps(sessionId));
    const owns = ownerTest(this.#home, runs, await this.#cacheText(folder));
    const needs = (sessionId: string, place: Place) => {
      if (sessionId === '') return kept.some((row) => covers(row, place));
      const row = kept.find((one) => one.sessionId === sessionId);
      return row === undefined ? keeps(sessionId) : covers(row, place);
    };
    const leftovers: Leftover[] = [];
    const failed: AzureFileKind[] = [];
    for (const kind of inOrder) {
      const held = await this.#held(folder, kind, kept);
      try {
        const settlement = await this.#settleFile(folder, kind, { owns, needs, held });
        const waits = held.filter(
          ({ row, reason }) => reason !== undefined && !settlement.done.has(row.id),
        );
        await this.#strike(held, waits, settlement);
        leftovers.push(...waits.map((one) => waitingLeftover(pathOf(folder, kind), one, ended)));
      } catch (error) {
        if (!(error instanceof Problem)) throw error;
        failed.push(kind);
        leftovers.push(...fileLeftovers(pathOf(folder, kind), kind, held, ended, error.message));
      }
    }
    await this.#forgetRuns(folder, ended, failed);
    await this.#unmake(folder);
    return leftovers;
  }

  async #settleFile(
    folder: string,
    kind: AzureFileKind,
    request: {
      readonly owns: (entry: Entry) => boolean;
      readonly needs: (sessionId: string, place: Place) => boolean;
      readonly held: readonly Held[];
    },
  ): Promise<Settlement> {
    const file = pathOf(folder, kind);
    const made = (await this.#journal.state()).made.find((row) => row.file === file);
    let settlement: Settlement = { text: '', done: new Set(), waits: [] };
    await editAzureFile({ folder, kind, undoFolder: this.#undoFolder }, (content) => {
      const { owns, needs, held: waiting } = request;
      const after = understood(file, () => {
        settlement = settle(content?.text ?? '', { tables: kind.tables, owns, needs, waiting });
        return (made?.tables ?? []).reduce(withoutTable, settlement.text);
      });
      return Promise.resolve(asFile(content, kind, after, made?.was));
    });
    return settlement;
  }

  async #cacheText(folder: string): Promise<string> {
    try {
      return (await readAzureFile(folder, tokenCacheFile))?.text ?? '';
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      return '';
    }
  }

  /** What waits for this file, less what waits behind a session that goes on. */
  async #held(
    folder: string,
    { tables }: AzureFileKind,
    kept: readonly RunRow[],
  ): Promise<readonly Held[]> {
    const rows = (await this.#journal.state()).putAside.filter(
      (row) =>
        row.folder === folder &&
        tables.includes(row.table) &&
        !kept.some((run) => covers(run, row)),
    );
    const held = [];
    for (const row of rows) {
      try {
        held.push({ row, text: (await this.#putAside.get(row))?.text });
      } catch (error) {
        held.push({ row, text: undefined, reason: (error as Error).message });
      }
    }
    return held;
  }

  async #strike(
    held: readonly Held[],
    waits: readonly Held[],
    settlement: Settlement,
  ): Promise<void> {
    const done = held.filter((one) => !waits.includes(one)).map(({ row }) => row);
    for (const row of done) await this.#putAside.forget(row);
    const now = (row: StashRow) => settlement.waits.find(({ id }) => id === row.id) ?? row;
    await this.#journal.note((state) => ({
      ...state,
      putAside: state.putAside.filter(({ id }) => !done.some((row) => row.id === id)).map(now),
    }));
  }

  /** Ended sessions have nothing here any more, except in files that could not be edited. */
  async #forgetRuns(
    folder: string,
    ended: readonly RunRow[],
    failed: readonly AzureFileKind[],
  ): Promise<void> {
    const tables = failed.flatMap((kind) => kind.tables);
    await this.#journal.note((state) => ({
      ...state,
      runs: state.runs.flatMap((row) => {
        if (row.folder !== folder || !ended.some((one) => one.sessionId === row.sessionId)) {
          return [row];
        }
        const places = row.places.filter(({ table }) => tables.includes(table));
        return places.length === 0 ? [] : [{ ...row, places }];
      }),
    }));
  }

  /** With the last session and the last entry put aside, what was made for them has gone too. */
  async #unmake(folder: string): Promise<void> {
    const { runs, putAside, made } = await this.#journal.state();
    if ([...runs, ...putAside].some((row) => row.folder === folder)) return;
    const files = inOrder.map((kind) => pathOf(folder, kind));
    const here = made.filter(({ file }) => files.includes(file));
    for (const { file, folder: topmost } of here) {
      const path = await locate(file).catch(() => file);
      if (topmost !== undefined) await removeFolders(dirname(path), topmost);
    }
    await this.#journal.note((state) => ({
      ...state,
      made: state.made.filter((row) => !here.includes(row)),
    }));
  }
}

function asFile(
  content: AzureFile | undefined,
  kind: AzureFileKind,
  text: string,
  was: 'absent' | 'empty' | undefined,
): AzureFile | undefined {
  if (content === undefined) return text === '' ? undefined : { bom: kind.bom, text };
  if (was === undefined || !isVoid(text)) return { ...content, text };
  return was === 'absent' ? undefined : { ...content, text: '' };
}

function waitingLeftover(
  file: string,
  { row, reason = '' }: Held,
  ended: readonly RunRow[],
): Leftover {
  const sessionId = ended.find((run) => covers(run, row))?.sessionId ?? row.sessionId;
  return { sessionId, file, what: 'stash', reason };
}

function fileLeftovers(
  file: string,
  { tables }: AzureFileKind,
  held: readonly Held[],
  ended: readonly RunRow[],
  reason: string,
): readonly Leftover[] {
  const standing = ended.filter(({ places }) => places.some(({ table }) => tables.includes(table)));
  return [
    ...standing.map(({ sessionId }) => ({ sessionId, file, what: 'account' as const, reason })),
    ...held.map((one) => waitingLeftover(file, { ...one, reason }, ended)),
  ];
}
