import { dirname } from 'node:path';
import type { AzureCredentials } from '../../../models/credentials.ts';
import { Problem } from '../../../models/problem.ts';
import type { Clock } from '../../clock/clock.ts';
import type { SecretStore } from '../../vault/secret-store.ts';
import { azureFiles, pathOf, profileFile, tokenCacheFile } from './azure-file.ts';
import { checkEntries } from './check.ts';
import { readAzureFile } from './edit-file.ts';
import { subscriptionPlace } from './entries.ts';
import { azFindings } from './inspect.ts';
import { AzureJournal } from './journal.ts';
import { homeName } from './mark.ts';
import { AzurePlacing } from './write.ts';
import { azureStash } from './stash.ts';
import { customCloud, occupied } from './azure-cli-problems.ts';
import { azSettings } from './az-config.ts';
import { entriesOf, isAt } from './tables.ts';
import { AzureRemoval } from './remove.ts';
import type { WriteOptions, Delivery, Finding, Leftover, SubscriptionTarget } from '../delivery.ts';
import { mendInterrupted } from '../shared/user-file/in-place.ts';
import { locate } from '../shared/user-file/locate.ts';
import { removeTemporaries } from '../shared/user-file/temporary.ts';
import { requireWritable } from '../shared/user-file/writable.ts';

interface AzureCliOptions {
  /** What az uses for AZURE_CONFIG_DIR, asked at each use; absolute. */
  readonly configDir: () => string;
  /** In Stint's home; no other delivery's. */
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
  readonly #configDir: () => string;
  readonly #undoFolder: string;
  readonly #journal: AzureJournal;
  readonly #placing: AzurePlacing;
  readonly #removal: AzureRemoval;
  /** az may write back what it read before their stop: it is taken away with what goes next. */
  readonly #ended = new Set<string>();
  /** One edit at a time: they share files and journal. */
  #turn: Promise<unknown> = Promise.resolve();

  constructor({ configDir, journalFile, secrets, clock }: AzureCliOptions) {
    this.#configDir = configDir;
    this.#undoFolder = dirname(journalFile);
    this.#journal = new AzureJournal(journalFile);
    const parts = {
      folder: configDir,
      clock,
      journal: this.#journal,
      putAside: azureStash(secrets),
      undoFolder: this.#undoFolder,
      home: homeName(journalFile),
    };
    this.#placing = new AzurePlacing(parts);
    this.#removal = new AzureRemoval(parts);
  }

  get #folder(): string {
    return this.#configDir();
  }

  async prepare(target: SubscriptionTarget, { replaceSection }: WriteOptions): Promise<void> {
    if (target.cloud.name === 'custom') throw customCloud(target);
    await this.#inTurn(async () => {
      const { profile, cache } = await this.#read();
      const owns = await this.#placing.ownerTest(cache);
      const theirs = entriesOf(profile, ['subscriptions'])
        .filter(isAt(subscriptionPlace(target)))
        .find((entry) => !owns(entry));
      if (theirs !== undefined && !replaceSection) {
        throw occupied(target, pathOf(this.#folder, profileFile), theirs);
      }
      for (const kind of azureFiles) {
        const file = pathOf(this.#folder, kind);
        await requireWritable(file, await locate(file));
      }
    });
  }

  async inspect(
    target: SubscriptionTarget,
    callerEnvironment: readonly string[],
  ): Promise<readonly Finding[]> {
    const folder = this.#folder;
    const profile = await this.#read().then(
      (texts) => texts.profile,
      (error: unknown) => {
        if (!(error instanceof Problem)) throw error;
        return '';
      },
    );
    const settings = await azSettings(folder);
    const { platform } = process;
    return azFindings({ folder, profile, settings, target, callerEnvironment, platform });
  }

  async write(
    target: SubscriptionTarget,
    credentials: AzureCredentials,
    options: WriteOptions,
  ): Promise<void> {
    if (target.cloud.name === 'custom') throw customCloud(target);
    const { sessionId } = target;
    await this.#inTurn(async () => {
      this.#ended.delete(sessionId);
      await mendInterrupted(this.#undoFolder);
      const { runs } = await this.#journal.state();
      try {
        await this.#placing.place(target, credentials, options);
      } catch (error) {
        const isFirst = !runs.some((row) => row.sessionId === sessionId);
        if (isFirst) await this.#removal.settle(this.#folder, (id) => id !== sessionId);
        throw error;
      }
      await this.#tidy(target, options);
    });
  }

  async check(
    target: SubscriptionTarget,
    credentials: AzureCredentials,
  ): Promise<'intact' | 'missing' | 'altered'> {
    return await this.#inTurn(async () => {
      const texts = await this.#read();
      return checkEntries(texts, target, credentials, await this.#placing.ownerTest(texts.cache));
    });
  }

  async remove({ sessionId }: SubscriptionTarget): Promise<readonly Leftover[]> {
    return await this.#inTurn(async () => {
      this.#ended.add(sessionId);
      await mendInterrupted(this.#undoFolder);
      const leftovers = await this.#removal.settle(this.#folder, (id) => !this.#ended.has(id));
      return leftovers.filter((one) => one.sessionId === sessionId);
    });
  }

  async sweep(isActive: (sessionId: string) => boolean): Promise<readonly Leftover[]> {
    return await this.#inTurn(async () => {
      await mendInterrupted(this.#undoFolder);
      const { made } = await this.#journal.state();
      const files = azureFiles.map((kind) => pathOf(this.#folder, kind));
      for (const file of new Set([...files, ...made.map((row) => row.file)])) {
        await removeTemporaries(await locate(file).catch(() => file));
      }
      await this.#removal.adoptOrphans();
      return await this.#removal.settle(this.#folder, isActive);
    });
  }

  /** Sessions whose place this one took have nothing any more, nor has it anything elsewhere. */
  async #tidy(target: SubscriptionTarget, { supersedes }: WriteOptions): Promise<void> {
    const { sessionId } = target;
    const place = subscriptionPlace(target);
    const { runs } = await this.#journal.state();
    const replaced = runs.filter(
      (row) =>
        row.sessionId !== sessionId &&
        row.folder === this.#folder &&
        row.places.some((one) => isAt(place)(one)),
    );
    for (const id of [...supersedes, ...replaced.map((row) => row.sessionId)]) this.#ended.add(id);
    await this.#removal.settle(
      this.#folder,
      (id, folder) => !this.#ended.has(id) && (id !== sessionId || folder === this.#folder),
    );
  }

  /** '' for what is not there. Throws Problem 'file-unreadable'. */
  async #read(): Promise<{ readonly profile: string; readonly cache: string }> {
    const profile = await readAzureFile(this.#folder, profileFile);
    const cache = await readAzureFile(this.#folder, tokenCacheFile);
    return { profile: profile?.text ?? '', cache: cache?.text ?? '' };
  }

  async #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const mine = this.#turn.then(work);
    this.#turn = mine.catch(() => undefined);
    return await mine;
  }
}
