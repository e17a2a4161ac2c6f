import { dirname } from 'node:path';
import type { AwsCredentials } from '../../../models/credentials.ts';
import type { Clock } from '../../clock/clock.ts';
import { Mutex } from '../../concurrency/mutex.ts';
import type { SecretStore } from '../../vault/secret-store.ts';
import type { Delivery, Finding, Leftover, ProfileTarget, WriteOptions } from '../delivery.ts';
import { repairBeforeRemoval, repairBeforeWrite } from '../shared/repair.ts';
import { locate, readUserFile } from '../shared/user-file/locate.ts';
import { removeTemporaries } from '../shared/user-file/temporary.ts';
import { checkSection } from './check.ts';
import { parseAwsFileAt } from './file/parse.ts';
import { inspectTools } from './inspect/inspect.ts';
import { sectionJournal } from './journal.ts';
import { isAt } from './ownership.ts';
import type { SectionParts } from './parts.ts';
import { SectionRemover } from './remove.ts';
import { sectionStash } from './stash.ts';
import { sweepSections } from './sweep.ts';
import { SectionWriter } from './write.ts';

interface AwsCredentialsOptions {
  /** Asked at each use, as the user may change it; absolute. */
  readonly credentialsFile: () => string;
  readonly configFile: () => string;
  /** In Stint's home. */
  readonly journalFile: string;
  readonly secrets: SecretStore;
  readonly clock: Clock;
}

/** Delivers to the AWS shared credentials file. */
export function createAwsCredentialsDelivery(
  options: AwsCredentialsOptions,
): Delivery<ProfileTarget, AwsCredentials> {
  return new AwsCredentialsDelivery(options);
}

class AwsCredentialsDelivery implements Delivery<ProfileTarget, AwsCredentials> {
  readonly #options: AwsCredentialsOptions;
  readonly #parts: SectionParts;
  readonly #writer: SectionWriter;
  readonly #remover: SectionRemover;
  /** One operation at a time: they share files and journal. */
  readonly #mutex = new Mutex();

  constructor(options: AwsCredentialsOptions) {
    this.#options = options;
    const { journalFile, secrets } = options;
    const stash = sectionStash(secrets);
    const journal = sectionJournal(journalFile, stash);
    this.#parts = { journal, stash, undoFolder: dirname(journalFile) };
    this.#writer = new SectionWriter(this.#parts);
    this.#remover = new SectionRemover(this.#parts);
  }

  async prepare(target: ProfileTarget, options: WriteOptions): Promise<void> {
    await this.#exclusive(async (file) => {
      await this.#parts.journal.open();
      await this.#writer.prepare({ file, target, options });
    });
  }

  async inspect(
    { profileName }: ProfileTarget,
    callerEnvironment: readonly string[],
  ): Promise<readonly Finding[]> {
    const { credentialsFile, configFile } = this.#options;
    const files = { credentialsFile: credentialsFile(), configFile: configFile() };
    return await inspectTools({ ...files, profileName, callerEnvironment });
  }

  async write(
    target: ProfileTarget,
    credentials: AwsCredentials,
    options: WriteOptions,
  ): Promise<void> {
    await this.#exclusive(async (file) => {
      await repairBeforeWrite(this.#parts.undoFolder, [file]);
      await this.#parts.journal.open();
      await this.#writer.write({ file, target, options }, credentials);
      await this.#removeReplaced(file, target);
    });
  }

  async check(
    target: ProfileTarget,
    credentials: AwsCredentials,
  ): Promise<'intact' | 'missing' | 'altered'> {
    return await this.#exclusive(async (file) => {
      const text = (await readUserFile(await locate(file))) ?? '';
      return checkSection(parseAwsFileAt(file, text), target, credentials);
    });
  }

  async remove({ sessionId, profileName }: ProfileTarget): Promise<readonly Leftover[]> {
    return await this.#exclusive(async (file) => {
      const unrepaired = await repairBeforeRemoval(this.#parts.undoFolder, sessionId);
      const unknown = await this.#parts.journal.openOrRecover(sessionId);
      const location = { file, profileName };
      return [
        ...unrepaired,
        ...unknown,
        ...(await this.#remover.removeSession(sessionId, location)),
      ];
    });
  }

  async sweep(isActive: (sessionId: string) => boolean): Promise<readonly Leftover[]> {
    return await this.#exclusive(async (file) => {
      const unrepaired = await repairBeforeRemoval(this.#parts.undoFolder, '');
      const unknown = await this.#parts.journal.openOrRecover('');
      if (unknown.length > 0) return [...unrepaired, ...unknown];
      const { written, stashed, made } = await this.#parts.journal.state();
      const rows = [{ file }, ...written, ...stashed, ...made];
      for (const one of new Set(rows.map((row) => row.file))) {
        await removeTemporaries(await locate(one).catch(() => one));
      }
      const request = { file, isActive, now: this.#options.clock.now() };
      return [...unrepaired, ...(await sweepSections(this.#parts, this.#remover, request))];
    });
  }

  /** The session replaced others at its location, and may have been elsewhere before. */
  async #removeReplaced(file: string, { sessionId, profileName }: ProfileTarget): Promise<void> {
    const isHere = isAt({ file, profileName });
    await this.#parts.journal.note((state) => ({
      ...state,
      written: state.written.filter((row) => !isHere(row) || row.sessionId === sessionId),
    }));
    for (const row of (await this.#parts.journal.state()).written) {
      if (row.sessionId === sessionId && !isHere(row)) {
        await this.#remover.removeAt(row, sessionId);
      }
    }
  }

  /** `work` gets the credentials file, which is the same to its end. */
  async #exclusive<T>(work: (file: string) => Promise<T>): Promise<T> {
    return await this.#mutex.run(() => work(this.#options.credentialsFile()));
  }
}
