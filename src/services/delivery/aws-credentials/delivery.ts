import { dirname, join } from 'node:path';
import type { AwsCredentials } from '../../../models/credentials.ts';
import type { Clock } from '../../clock/clock.ts';
import { Mutex } from '../../concurrency/mutex.ts';
import type { SecretStore } from '../../vault/secret-store.ts';
import type {
  AwsFileKind,
  Delivery,
  Finding,
  Leftover,
  ProfileTarget,
  WriteOptions,
} from '../delivery.ts';
import type { Held } from '../held.ts';
import type { ProfilePublisher, PublishedProfile, SectionChange } from '../published-profiles.ts';
import { heldJournal } from '../shared/held-journal.ts';
import { repairBeforeRemoval, repairBeforeWrite } from '../shared/repair.ts';
import { locate, readUserFile } from '../shared/user-file/locate.ts';
import { removeTemporaries } from '../shared/user-file/temporary.ts';
import { adoptUnlisted } from './adopt.ts';
import { checkSection } from './check.ts';
import { heldSections } from './held.ts';
import { parseAwsFileAt } from './file/parse.ts';
import { inspectTools } from './inspect/inspect.ts';
import { sectionJournal } from './journal.ts';
import { isAt, type Location } from './ownership.ts';
import { settingsOf, type SectionParts } from './parts.ts';
import { BlockPublisher } from './publish.ts';
import { publishedJournal } from './published-journal.ts';
import { rowsOfBlock } from './published-block.ts';
import { SectionRemover } from './remove.ts';
import { sectionStash } from './stash.ts';
import { sweepSections } from './sweep.ts';
import { SectionWriter } from './write.ts';

interface AwsCredentialsOptions {
  /** Asked at each use, as the user may change it; absolute. */
  readonly credentialsFile: () => string;
  readonly configFile: () => string;
  /** Whether to write in place; only into new files otherwise. Asked at each use. */
  readonly writesInPlace: () => boolean;
  /** In Stint's home. */
  readonly journalFile: string;
  readonly secrets: SecretStore;
  readonly clock: Clock;
  /** The value of `credential_process` for a session. Throws Problem 'invalid-request'. */
  readonly processLine: (sessionId: string) => string;
}

type AwsFiles = Readonly<Record<AwsFileKind, string>>;

/** Delivers to the AWS shared credentials file, or to the config file: the program that prints keys. */
export function createAwsCredentialsDelivery(
  options: AwsCredentialsOptions,
): Delivery<ProfileTarget, AwsCredentials> & ProfilePublisher {
  return new AwsCredentialsDelivery(options);
}

class AwsCredentialsDelivery implements Delivery<ProfileTarget, AwsCredentials>, ProfilePublisher {
  readonly #options: AwsCredentialsOptions;
  readonly #parts: SectionParts;
  readonly #writer: SectionWriter;
  readonly #remover: SectionRemover;
  readonly #publisher: BlockPublisher;
  /** One operation at a time: they share files and journal. */
  readonly #mutex = new Mutex();

  constructor(options: AwsCredentialsOptions) {
    this.#options = options;
    const { journalFile, secrets, writesInPlace, processLine } = options;
    const stash = sectionStash(secrets);
    const journal = sectionJournal(journalFile, () => stash.orphans([]));
    const undoFolder = dirname(journalFile);
    const published = publishedJournal(join(undoFolder, 'published-profiles.json'), () =>
      rowsOfBlock(options.configFile(), processLine),
    );
    this.#parts = { journal, stash, published, undoFolder, writesInPlace, processLine };
    this.#writer = new SectionWriter(this.#parts);
    this.#remover = new SectionRemover(this.#parts);
    this.#publisher = new BlockPublisher(this.#parts, this.#remover);
  }

  async prepare(target: ProfileTarget, options: WriteOptions): Promise<void> {
    await this.#exclusive(async (files) => {
      await this.#parts.journal.open();
      await this.#writer.prepare({ file: files[target.kind], target, options });
    });
  }

  async inspect(
    { kind, sessionId, profileName }: ProfileTarget,
    callerEnvironment: readonly string[],
  ): Promise<readonly Finding[]> {
    const files = this.#files();
    return await inspectTools({ files, kind, sessionId, profileName, callerEnvironment });
  }

  async write(
    target: ProfileTarget,
    credentials: AwsCredentials,
    options: WriteOptions,
  ): Promise<readonly Leftover[]> {
    return await this.#exclusive(async (files) => {
      const file = files[target.kind];
      await repairBeforeWrite(this.#parts.undoFolder, [file]);
      await this.#parts.journal.open();
      await this.#writer.write({ file, target, options }, credentials);
      return await this.#removeReplaced(file, target, options.supersedes);
    });
  }

  async check(
    target: ProfileTarget,
    credentials: AwsCredentials,
  ): Promise<'intact' | 'missing' | 'altered'> {
    return await this.#exclusive(async (files) => {
      const file = files[target.kind];
      const text = (await readUserFile(await locate(file))) ?? '';
      const parsed = parseAwsFileAt(file, text, target.kind);
      return checkSection(parsed, target, settingsOf(this.#parts, target, credentials));
    });
  }

  async remove({ sessionId, profileName }: ProfileTarget): Promise<readonly Leftover[]> {
    return await this.#exclusive(async (files) => {
      const unrepaired = await repairBeforeRemoval(this.#parts.undoFolder, sessionId);
      const unknown = await this.#parts.journal.openOrRecover(sessionId);
      const locations = [
        { kind: 'credentials', file: files.credentials, profileName },
        { kind: 'config', file: files.config, profileName },
      ] as const;
      return [
        ...unrepaired,
        ...unknown,
        ...(await this.#remover.removeSession(sessionId, locations)),
      ];
    });
  }

  async sweep(isActive: (sessionId: string) => boolean): Promise<readonly Leftover[]> {
    return await this.#exclusive(async (files) => {
      const unrepaired = await repairBeforeRemoval(this.#parts.undoFolder, '');
      const unknown = await this.#parts.journal.openOrRecover('');
      if (unknown.length > 0) return [...unrepaired, ...unknown];
      const { written, stashed, made } = await this.#parts.journal.state();
      const named = [...written, ...stashed, ...made].map(({ file }) => file);
      for (const one of new Set([...Object.values(files), ...named])) {
        await removeTemporaries(await locate(one).catch(() => one));
      }
      await adoptUnlisted(this.#parts, files, isActive);
      // Published profiles make way first for the user's own that no journal listed until now.
      await this.#publisher.repair(files.config);
      const request = { files, isActive, now: this.#options.clock.now() };
      const left = await sweepSections(this.#parts, this.#remover, request);
      await this.#publisher.repair(files.config);
      return [...unrepaired, ...left];
    });
  }

  async published(): Promise<readonly PublishedProfile[]> {
    return await this.#exclusive(() => this.#publisher.published());
  }

  file(): string {
    return this.#files().config;
  }

  async obstacles(profileNames: readonly string[]): Promise<ReadonlyMap<string, string>> {
    return await this.#exclusive((files) => this.#publisher.obstacles(files, profileNames));
  }

  async publish(
    edit: Parameters<ProfilePublisher['publish']>[0],
    options: { readonly dryRun?: boolean } = {},
  ): Promise<readonly SectionChange[]> {
    return await this.#exclusive(async ({ config }) => {
      const wanted = await edit(await this.#publisher.published());
      return await this.#publisher.publish(config, wanted, options);
    });
  }

  async held(): Promise<readonly Held[]> {
    return await this.#exclusive(async () => {
      const { journal } = this.#parts;
      const unknown = await journal.openOrRecover('');
      return [...unknown.map(heldJournal), ...heldSections(await journal.state())];
    });
  }

  /**
   * The session replaced others at its location, and may have been elsewhere before. Those that it
   * supersedes may be in the other file.
   */
  async #removeReplaced(
    file: string,
    { kind, sessionId, profileName }: ProfileTarget,
    supersedes: readonly string[],
  ): Promise<readonly Leftover[]> {
    const isHere = isAt({ kind, file, profileName });
    const isOver = (row: Location & { readonly sessionId: string }) =>
      (row.sessionId === sessionId && !isHere(row)) || supersedes.includes(row.sessionId);
    await this.#parts.journal.note((state) => ({
      ...state,
      written: state.written.filter((row) => !isHere(row) || row.sessionId === sessionId),
    }));
    const leftovers: Leftover[] = [];
    for (const row of (await this.#parts.journal.state()).written) {
      if (isOver(row)) leftovers.push(...(await this.#remover.removeAt(row, row.sessionId)));
    }
    return leftovers;
  }

  /** `work` gets the files, which are the same to its end. */
  async #exclusive<T>(work: (files: AwsFiles) => Promise<T>): Promise<T> {
    return await this.#mutex.run(() => work(this.#files()));
  }

  #files(): AwsFiles {
    const { credentialsFile, configFile } = this.#options;
    return { credentials: credentialsFile(), config: configFile() };
  }
}
