import type { AzureCredentials } from '../../../models/credentials.ts';
import type { Clock } from '../../clock/clock.ts';
import type { WriteOptions, SubscriptionTarget } from '../delivery.ts';
import { understood } from '../shared/user-file/understood.ts';
import { topmostMissingFolder } from '../shared/user-file/writable.ts';
import { pathOf, profileFile, tokenCacheFile, type AzureFileKind } from './azure-file.ts';
import type { Aside } from './claim.ts';
import { editAzureFile, readAzureFile } from './edit-file.ts';
import { placesOf } from './entries.ts';
import type { AzureJournal, AzureJournalState, MadeRow, StashRow, RunRow } from './journal.ts';
import { ownerTest } from './ownership.ts';
import { planProfile, planTokenCache, type Plan, type WriteRequest } from './write-plan.ts';
import { occupied, sameName } from './azure-cli-problems.ts';
import type { AzureStash } from './stash.ts';
import type { MadeTable } from './tables.ts';

/** Puts a session's entries into the files of one folder. */
export class AzurePlacing {
  readonly #configDir: () => string;
  readonly #clock: Clock;
  readonly #journal: AzureJournal;
  readonly #putAside: AzureStash;
  readonly #undoFolder: string;
  readonly #home: string;

  constructor(parts: {
    readonly folder: () => string;
    readonly clock: Clock;
    readonly journal: AzureJournal;
    readonly putAside: AzureStash;
    readonly undoFolder: string;
    readonly home: string;
  }) {
    this.#configDir = parts.folder;
    this.#clock = parts.clock;
    this.#journal = parts.journal;
    this.#putAside = parts.putAside;
    this.#undoFolder = parts.undoFolder;
    this.#home = parts.home;
  }

  get #folder(): string {
    return this.#configDir();
  }

  /**
   * The token first, so that no subscription is listed without one. Throws Problem
   * 'section-occupied', 'file-unreadable', 'file-unwritable', 'vault-locked'; what the session had
   * there before is still there then, but some of it may be new.
   */
  async place(
    target: SubscriptionTarget,
    credentials: AzureCredentials,
    options: WriteOptions,
  ): Promise<void> {
    const cache = (await readAzureFile(this.#folder, tokenCacheFile))?.text ?? '';
    const { putAside } = await this.#journal.state();
    const request: WriteRequest = {
      target,
      credentials,
      replace: options.replaceSection,
      supersedes: options.supersedes,
      home: this.#home,
      now: this.#clock.now(),
      owns: await this.ownerTest(cache),
      waiting: putAside.filter(({ folder }) => folder === this.#folder),
    };
    const profile = await readAzureFile(this.#folder, profileFile);
    const subscription = planProfile(profile?.text ?? '', request);
    if (subscription.kind === 'occupied') {
      throw occupied(target, pathOf(this.#folder, profileFile), subscription.entry);
    }
    const before = await this.#journal.state();
    await this.#edit(tokenCacheFile, request, before, planTokenCache);
    await this.#edit(profileFile, request, await this.#journal.state(), planProfile);
  }

  /** Tells Stint's entries; `cache`: the text of the token cache. */
  async ownerTest(cache: string): Promise<ReturnType<typeof ownerTest>> {
    const { runs } = await this.#journal.state();
    const here = runs.filter(({ folder }) => folder === this.#folder);
    return ownerTest(this.#home, here, cache);
  }

  async #edit(
    kind: AzureFileKind,
    request: WriteRequest,
    before: AzureJournalState,
    plan: (text: string, request: WriteRequest) => Plan,
  ): Promise<void> {
    const file = pathOf(this.#folder, kind);
    const id = this.#putAside.newId();
    const kept = new Set<string>();
    let asides = 0;
    await editAzureFile(
      { folder: this.#folder, kind, undoFolder: this.#undoFolder },
      async (content) => {
        const planned = understood(file, () => plan(content?.text ?? '', request));
        if (planned.kind === 'occupied') throw occupied(request.target, file, planned.entry);
        if (planned.kind === 'same-name') throw sameName(request.target, file, request.credentials);
        const was = content === undefined ? 'absent' : content.text === '' ? 'empty' : undefined;
        await this.#announce(request, kind, before, { id, was, kept, ...planned });
        asides = planned.aside.length;
        return { bom: content?.bom ?? kind.bom, text: planned.text };
      },
    );
    // Kept for a plan that another program's writing overtook.
    const { sessionId } = request.target;
    for (const one of [...kept].slice(asides)) await this.#putAside.forget({ id: one, sessionId });
  }

  /** Writes down what is about to stand in the file, and keeps what is about to leave it. */
  async #announce(
    { target, credentials }: WriteRequest,
    kind: AzureFileKind,
    before: AzureJournalState,
    edit: {
      readonly id: string;
      readonly kept: Set<string>;
      readonly was: 'absent' | 'empty' | undefined;
      readonly aside: readonly Aside[];
      readonly made: readonly MadeTable[];
    },
  ): Promise<void> {
    const { sessionId } = target;
    const folder = this.#folder;
    const putAside: StashRow[] = [];
    for (const [nth, { table, key, index, text }] of edit.aside.entries()) {
      const row = { id: `${edit.id}${nth}`, sessionId, folder, table, key, index };
      await this.#putAside.keep(row, { folder, table, key, index, text });
      edit.kept.add(row.id);
      putAside.push(row);
    }
    const isMine = (row: RunRow) => row.sessionId === sessionId && row.folder === folder;
    const made = await madeRow(pathOf(folder, kind), before, edit);
    const run = { sessionId, folder, places: Object.values(placesOf(target, credentials.account)) };
    await this.#journal.change(() => ({
      runs: [...before.runs.filter((row) => !isMine(row)), run],
      putAside: [...before.putAside, ...putAside],
      made: [
        ...before.made.filter(({ file }) => file !== made?.file),
        ...(made === undefined ? [] : [made]),
      ],
    }));
  }
}

/** What has been made around the entries so far, and what is made now. */
async function madeRow(
  file: string,
  before: AzureJournalState,
  edit: {
    readonly was: 'absent' | 'empty' | undefined;
    readonly made: readonly MadeTable[];
  },
): Promise<MadeRow | undefined> {
  const known = before.made.find((row) => row.file === file);
  if (edit.was === undefined && edit.made.length === 0) return known;
  const folder = edit.was === 'absent' ? await topmostMissingFolder(file) : undefined;
  const was = edit.was ?? known?.was;
  const topmost = folder ?? known?.folder;
  const others = (known?.tables ?? []).filter(
    ({ table }) => !edit.made.some((one) => one.table === table),
  );
  return {
    file,
    ...(was === undefined ? {} : { was }),
    ...(topmost === undefined ? {} : { folder: topmost }),
    tables: [...others, ...edit.made],
  };
}
