import { dirname } from 'node:path';
import type { AzureCredentials } from '../../../models/credentials.ts';
import { Problem } from '../../../models/problem.ts';
import type { Clock } from '../../clock/clock.ts';
import { Mutex } from '../../concurrency/mutex.ts';
import type { SecretStore } from '../../vault/secret-store.ts';
import type { Delivery, Finding, Leftover, SubscriptionTarget, WriteOptions } from '../delivery.ts';
import type { Held } from '../held.ts';
import { heldJournal } from '../shared/held-journal.ts';
import { repairBeforeRemoval, repairBeforeWrite } from '../shared/repair.ts';
import { locate } from '../shared/user-file/locate.ts';
import { openToOthers } from '../shared/user-file/open-to-others.ts';
import { removeTemporaries } from '../shared/user-file/temporary.ts';
import { azSettings } from './az-config.ts';
import { customCloud } from './azure-cli-problems.ts';
import { azureFiles, pathOf, profileFile, tokenCacheFile } from './azure-file.ts';
import { checkEntries } from './check.ts';
import { subscriptionLocation } from './entries.ts';
import { heldEntries } from './held.ts';
import { azFindings } from './inspect.ts';
import { covers, entryJournal } from './journal.ts';
import { homeName } from './ownership.ts';
import type { EntryParts } from './parts.ts';
import { EntryRemover } from './remove.ts';
import { entryStash } from './stash.ts';
import { sweepEntries } from './sweep.ts';
import { EntryWriter, rootOf } from './write.ts';

interface AzureCliOptions {
  /** What az uses for AZURE_CONFIG_DIR, asked at each use; absolute. */
  readonly configDir: () => string;
  /** In Stint's home; not shared with another delivery. */
  readonly journalFile: string;
  readonly secrets: SecretStore;
  readonly clock: Clock;
}

/** Delivers to the files in which the Azure CLI keeps its accounts. */
export function createAzureCliDelivery(
  options: AzureCliOptions,
): Delivery<SubscriptionTarget, AzureCredentials> {
  return new AzureCliDelivery(options);
}

class AzureCliDelivery implements Delivery<SubscriptionTarget, AzureCredentials> {
  readonly #options: AzureCliOptions;
  readonly #parts: EntryParts;
  readonly #writer: EntryWriter;
  readonly #remover: EntryRemover;
  /** az may write back what it read before their stop: the next edit removes it again. */
  readonly #ended = new Set<string>();
  /** One operation at a time: they share files and journal. */
  readonly #mutex = new Mutex();

  constructor(options: AzureCliOptions) {
    this.#options = options;
    const { journalFile, secrets } = options;
    const stash = entryStash(secrets);
    const journal = entryJournal(journalFile, () => stash.orphans([]));
    const home = homeName(journalFile);
    this.#parts = { journal, stash, undoFolder: dirname(journalFile), home };
    this.#writer = new EntryWriter(this.#parts);
    this.#remover = new EntryRemover(this.#parts);
  }

  async prepare(target: SubscriptionTarget, options: WriteOptions): Promise<void> {
    if (target.cloud.name === 'custom') throw customCloud(target);
    await this.#exclusive(async (folder) => {
      await this.#parts.journal.open();
      await this.#writer.prepare({ folder, target, options });
    });
  }

  async inspect(
    target: SubscriptionTarget,
    callerEnvironment: readonly string[],
  ): Promise<readonly Finding[]> {
    const folder = this.#options.configDir();
    const profile = await rootOf(folder, profileFile).catch((error: unknown) => {
      if (!(error instanceof Problem)) throw error;
      return undefined;
    });
    const settings = await azSettings(folder);
    const { platform } = process;
    return [
      ...azFindings({ folder, profile, settings, target, callerEnvironment, platform }),
      ...(await openToOthers(pathOf(folder, tokenCacheFile))),
    ];
  }

  async write(
    target: SubscriptionTarget,
    credentials: AzureCredentials,
    options: WriteOptions,
  ): Promise<readonly Leftover[]> {
    if (target.cloud.name === 'custom') throw customCloud(target);
    const { sessionId } = target;
    return await this.#exclusive(async (folder) => {
      await repairBeforeWrite(
        this.#parts.undoFolder,
        azureFiles.map((kind) => pathOf(folder, kind)),
      );
      await this.#parts.journal.open();
      this.#ended.delete(sessionId);
      const { written } = await this.#parts.journal.state();
      try {
        const now = this.#options.clock.now();
        await this.#writer.write({ folder, target, options }, credentials, now);
      } catch (error) {
        const isFirst = !written.some((row) => row.sessionId === sessionId);
        if (isFirst) await this.#remover.removeUnneeded(folder, (id) => id !== sessionId);
        throw error;
      }
      return await this.#removeReplaced(folder, target, options);
    });
  }

  async check(
    target: SubscriptionTarget,
    credentials: AzureCredentials,
  ): Promise<'intact' | 'missing' | 'altered'> {
    return await this.#exclusive(async (folder) => {
      const profile = await rootOf(folder, profileFile);
      const cache = await rootOf(folder, tokenCacheFile);
      const owns = await this.#writer.ownerTest(folder, cache);
      return checkEntries({ profile, cache }, target, credentials, owns);
    });
  }

  async remove({ sessionId }: SubscriptionTarget): Promise<readonly Leftover[]> {
    return await this.#exclusive(async (folder) => {
      this.#ended.add(sessionId);
      const unrepaired = await repairBeforeRemoval(this.#parts.undoFolder, sessionId);
      const unknown = await this.#parts.journal.openOrRecover(sessionId);
      const leftovers = await this.#remover.removeUnneeded(folder, (id) => !this.#ended.has(id));
      return [...unrepaired, ...unknown, ...leftovers.filter((one) => one.sessionId === sessionId)];
    });
  }

  async sweep(isActive: (sessionId: string) => boolean): Promise<readonly Leftover[]> {
    return await this.#exclusive(async (folder) => {
      const unrepaired = await repairBeforeRemoval(this.#parts.undoFolder, '');
      const unknown = await this.#parts.journal.openOrRecover('');
      if (unknown.length > 0) return [...unrepaired, ...unknown];
      const { made } = await this.#parts.journal.state();
      const files = azureFiles.map((kind) => pathOf(folder, kind));
      for (const file of new Set([...files, ...made.map((row) => row.file)])) {
        await removeTemporaries(await locate(file).catch(() => file));
      }
      const leftovers = await sweepEntries(this.#parts, this.#remover, folder, isActive);
      return [...unrepaired, ...leftovers];
    });
  }

  async held(): Promise<readonly Held[]> {
    return await this.#exclusive(async () => {
      const { journal } = this.#parts;
      const unknown = await journal.openOrRecover('');
      return [...unknown.map(heldJournal), ...heldEntries(await journal.state())];
    });
  }

  /** Sessions that this one replaced have nothing any more; it may have been elsewhere before. */
  async #removeReplaced(
    folder: string,
    target: SubscriptionTarget,
    { supersedes }: WriteOptions,
  ): Promise<readonly Leftover[]> {
    const { sessionId } = target;
    const location = subscriptionLocation(target);
    const { written } = await this.#parts.journal.state();
    const replaced = written.filter(
      (row) => row.sessionId !== sessionId && row.folder === folder && covers(row, location),
    );
    for (const id of [...supersedes, ...replaced.map((row) => row.sessionId)]) this.#ended.add(id);
    const leftovers = await this.#remover.removeUnneeded(
      folder,
      (id, where) => !this.#ended.has(id) && (id !== sessionId || where === folder),
    );
    return leftovers.filter((one) => one.sessionId === sessionId);
  }

  /** `work` gets the folder, which is the same to its end. */
  async #exclusive<T>(work: (folder: string) => Promise<T>): Promise<T> {
    return await this.#mutex.run(() => work(this.#options.configDir()));
  }
}
