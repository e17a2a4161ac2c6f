import type { AzureCredentials } from '../../../models/credentials.ts';
import type { SubscriptionTarget, WriteOptions } from '../delivery.ts';
import { locate } from '../shared/user-file/locate.ts';
import { requireWritable, topmostMissingFolder } from '../shared/user-file/writable.ts';
import { occupied, sameName } from './azure-cli-problems.ts';
import {
  azureFiles,
  newAzureFile,
  pathOf,
  profileFile,
  tokenCacheFile,
  type AzureFileKind,
} from './azure-file.ts';
import { editAzureFile, readAzureFile } from './edit-file.ts';
import { locationsOf, subscriptionLocation } from './entries.ts';
import type { EntryJournalState, MadeRow, RunRow, StashRow } from './journal.ts';
import { ownedBy } from './ownership.ts';
import type { EntryParts } from './parts.ts';
import { entriesOf, isAt, type MadeTable, type Root } from './tables.ts';
import { planProfile, planTokenCache, type WritePlan, type WriteRequest } from './write-plan.ts';

/** A write into `folder`; `target` and `options` as of `Delivery.write`. */
export interface EntryWrite {
  readonly folder: string;
  readonly target: SubscriptionTarget;
  readonly options: WriteOptions;
}

/** Writes sessions' entries into the files of a folder. */
export class EntryWriter {
  readonly #parts: EntryParts;

  constructor(parts: EntryParts) {
    this.#parts = parts;
  }

  /** Throws what `write` would throw, except for a locked vault. Changes nothing. */
  async prepare({ folder, target, options }: EntryWrite): Promise<void> {
    const profile = await rootOf(folder, profileFile);
    const owns = await this.ownerTest(folder, await rootOf(folder, tokenCacheFile));
    const theirs = entriesOf(profile, ['subscriptions'])
      .filter(isAt(subscriptionLocation(target)))
      .find((entry) => !owns(entry));
    if (theirs !== undefined && !options.replaceSection) {
      throw occupied(target, pathOf(folder, profileFile), theirs);
    }
    for (const kind of azureFiles) {
      const file = pathOf(folder, kind);
      await requireWritable(file, await locate(file));
    }
  }

  /**
   * The tokens first, so that no subscription is listed without one. `now`: in milliseconds since
   * 1970. Throws Problem 'section-occupied', 'file-unreadable', 'file-unwritable', 'vault-locked';
   * what the session had there before is still there then, but some of it may be new.
   */
  async write(
    { folder, target, options }: EntryWrite,
    credentials: AzureCredentials,
    now: number,
  ): Promise<void> {
    const { stashed } = await this.#parts.journal.state();
    const request: WriteRequest = {
      target,
      credentials,
      ...options,
      home: this.#parts.home,
      now,
      owns: await this.ownerTest(folder, await rootOf(folder, tokenCacheFile)),
      stashed: stashed.filter((row) => row.folder === folder),
    };
    const subscription = planProfile(await rootOf(folder, profileFile), request);
    if (subscription.kind === 'occupied') {
      throw occupied(target, pathOf(folder, profileFile), subscription.entry);
    }
    await this.#edit(folder, tokenCacheFile, request, planTokenCache);
    await this.#edit(folder, profileFile, request, planProfile);
  }

  /** Recognises Stint's entries; `cache`: of the folder's token cache. */
  async ownerTest(folder: string, cache: Root): Promise<ReturnType<typeof ownedBy>> {
    const { written } = await this.#parts.journal.state();
    const here = written.filter((row) => row.folder === folder);
    return ownedBy(this.#parts.home, here, cache);
  }

  async #edit(
    folder: string,
    kind: AzureFileKind,
    request: WriteRequest,
    plan: (root: Root, request: WriteRequest) => WritePlan,
  ): Promise<void> {
    const file = pathOf(folder, kind);
    const before = await this.#parts.journal.state();
    const id = this.#parts.stash.newId();
    const kept = new Set<string>();
    let stashed: readonly StashRow[] = [];
    await editAzureFile({ folder, kind, undoFolder: this.#parts.undoFolder }, async (content) => {
      const planned = plan(content?.root, request);
      if (planned.kind === 'occupied') throw occupied(request.target, file, planned.entry);
      if (planned.kind === 'same-name') throw sameName(request.target, file, request.credentials);
      const rows = [];
      for (const [nth, entry] of planned.stash.entries()) {
        const key = { id: `${id}${nth}`, sessionId: request.target.sessionId };
        kept.add(key.id);
        rows.push(await this.#parts.stash.keep(key, { folder, ...entry }));
      }
      stashed = rows;
      const made = await madeRow(file, before, planned.made, stateOf(content));
      await this.#announce(folder, request, before, { stashed, made });
      return { ...(content ?? newAzureFile(kind, undefined)), root: planned.root };
    });
    // Another program took the entry away between two attempts: there is nothing to restore.
    const { sessionId } = request.target;
    for (const one of kept) {
      if (!stashed.some((row) => row.id === one))
        await this.#parts.stash.forget({ id: one, sessionId });
    }
  }

  /** Writes down what is about to be in the file. */
  async #announce(
    folder: string,
    { target, credentials }: WriteRequest,
    before: EntryJournalState,
    edit: { readonly stashed: readonly StashRow[]; readonly made: MadeRow | undefined },
  ): Promise<void> {
    const { sessionId } = target;
    const isMine = (row: RunRow) => row.sessionId === sessionId && row.folder === folder;
    const { subscription, account, tokens } = locationsOf(target, credentials);
    const locations = [subscription, account, ...tokens];
    const { stashed, made } = edit;
    await this.#parts.journal.change(() => ({
      written: [...before.written.filter((row) => !isMine(row)), { sessionId, folder, locations }],
      stashed: [...before.stashed, ...stashed],
      made: [
        ...before.made.filter(({ file }) => file !== made?.file),
        ...(made === undefined ? [] : [made]),
      ],
    }));
  }
}

/** Undefined where the file is not there or empty. Throws Problem 'file-unreadable'. */
export async function rootOf(folder: string, kind: AzureFileKind): Promise<Root> {
  return (await readAzureFile(folder, kind))?.root;
}

function stateOf(content: { readonly root: Root } | undefined): MadeRow['was'] {
  if (content === undefined) return 'absent';
  return content.root === undefined ? 'empty' : undefined;
}

/** What was made around the entries so far, and what is made now. */
async function madeRow(
  file: string,
  before: EntryJournalState,
  tables: readonly MadeTable[],
  now: MadeRow['was'],
): Promise<MadeRow | undefined> {
  const known = before.made.find((row) => row.file === file);
  if (now === undefined && tables.length === 0) return known;
  const folder = (now === 'absent' ? await topmostMissingFolder(file) : undefined) ?? known?.folder;
  const was = now ?? known?.was;
  const others = (known?.tables ?? []).filter(
    ({ table }) => !tables.some((one) => one.table === table),
  );
  return {
    file,
    ...(was === undefined ? {} : { was }),
    ...(folder === undefined ? {} : { folder }),
    tables: [...others, ...tables],
  };
}
