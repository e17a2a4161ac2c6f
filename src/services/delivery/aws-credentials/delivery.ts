import { dirname } from 'node:path';
import type { AwsCredentials } from '../../../models/credentials.ts';
import { Problem } from '../../../models/problem.ts';
import type { Clock } from '../../clock/clock.ts';
import type { SecretStore } from '../../vault/secret-store.ts';
import { planWrite, type WritePlan } from './write-plan.ts';
import type { AwsFile, Section } from './file/parse.ts';
import { profileInFile } from './file/profile-name.ts';
import { understand } from './file/read.ts';
import { fingerprint, ownSettings, settingsIn, type OwnSettings } from './file/section.ts';
import { CleanupJournal, type JournalState } from './journal.ts';
import type { WriteOptions, Delivery, Finding, Leftover, ProfileTarget } from '../delivery.ts';
import { inspectTools } from './inspect/inspect.ts';
import { belongsTo, isAt, ownedBy, type Location } from './ownership.ts';
import { Stash } from './stash.ts';
import { editFile } from '../shared/user-file/edit-file.ts';
import { mendInterrupted } from '../shared/user-file/in-place.ts';
import { locate, readUserFile } from '../shared/user-file/locate.ts';
import { removeTemporaries } from '../shared/user-file/temporary.ts';
import { requireWritable, topmostMissingFolder } from '../shared/user-file/writable.ts';
import { Removal } from './remove.ts';

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
  readonly #credentialsFile: () => string;
  readonly #configFile: () => string;
  readonly #undoFolder: string;
  readonly #journal: CleanupJournal;
  readonly #putAside: Stash;
  readonly #removal: Removal;
  /** One edit at a time: they share files and journal. */
  #turn: Promise<unknown> = Promise.resolve();

  constructor(options: AwsCredentialsOptions) {
    this.#credentialsFile = options.credentialsFile;
    this.#configFile = options.configFile;
    this.#undoFolder = dirname(options.journalFile);
    this.#journal = new CleanupJournal(options.journalFile);
    this.#putAside = new Stash(options.secrets);
    this.#removal = new Removal({
      journal: this.#journal,
      putAside: this.#putAside,
      undoFolder: this.#undoFolder,
      clock: options.clock,
    });
  }

  get #file(): string {
    return this.#credentialsFile();
  }

  async prepare(target: ProfileTarget, options: WriteOptions): Promise<void> {
    await this.#inTurn(async () => {
      const path = await locate(this.#file);
      const file = understand(this.#file, (await readUserFile(path)) ?? '');
      this.#plan(file, target, [], options, await this.#journal.state());
      await requireWritable(this.#file, path);
    });
  }

  async inspect(
    target: ProfileTarget,
    callerEnvironment: readonly string[],
  ): Promise<readonly Finding[]> {
    const { profileName } = target;
    const files = { credentialsFile: this.#file, configFile: this.#configFile() };
    return await inspectTools({ ...files, profileName, callerEnvironment });
  }

  async write(
    target: ProfileTarget,
    credentials: AwsCredentials,
    options: WriteOptions,
  ): Promise<void> {
    const settings = ownSettings(credentials, target.region);
    const key = fingerprint(credentials.accessKeyId);
    await this.#inTurn(async () => {
      await mendInterrupted(this.#undoFolder);
      const before = await this.#journal.state();
      const id = this.#putAside.newId();
      await editFile({ file: this.#file, undoFolder: this.#undoFolder }, async (text) => {
        const file = understand(this.#file, text ?? '');
        const plan = this.#plan(file, target, settings, options, before, id);
        const fileIsNew = text === undefined;
        await this.#announce(target, { key, id, fileIsNew, aside: plan.putAside, before });
        return plan.text;
      });
      await this.#tidy(target);
    });
  }

  async check(
    target: ProfileTarget,
    credentials: AwsCredentials,
  ): Promise<'intact' | 'missing' | 'altered'> {
    return await this.#inTurn(async () => {
      const profile = profileInFile(target.profileName);
      const file = understand(this.#file, (await readUserFile(await locate(this.#file))) ?? '');
      const keys = new Set([fingerprint(credentials.accessKeyId)]);
      const owns = ownedBy(file, profile, target.sessionId, keys);
      const [ours, copy] = file.sections.filter(owns);
      if (ours === undefined) return 'missing';
      const settings = settingsIn(file, ours);
      const intact =
        copy === undefined &&
        ours.names.includes(profile) &&
        belongsTo(file, ours, target.sessionId) &&
        ownSettings(credentials, target.region).every(
          ([key, value]) => settings.get(key) === value,
        );
      return intact ? 'intact' : 'altered';
    });
  }

  async remove({ sessionId, profileName }: ProfileTarget): Promise<readonly Leftover[]> {
    return await this.#inTurn(async () => {
      await mendInterrupted(this.#undoFolder);
      return await this.#removal.ofSession(sessionId, { file: this.#file, profileName });
    });
  }

  async sweep(isActive: (sessionId: string) => boolean): Promise<readonly Leftover[]> {
    return await this.#inTurn(async () => {
      await mendInterrupted(this.#undoFolder);
      const { sections, putAside, made } = await this.#journal.state();
      const files = new Set([
        this.#file,
        ...[...sections, ...putAside, ...made].map((r) => r.file),
      ]);
      for (const file of files) {
        await removeTemporaries(await locate(file).catch(() => file));
      }
      return await this.#removal.ofAllBut(isActive, this.#file);
    });
  }

  /** Throws Problem 'section-occupied', 'invalid-request'. */
  #plan(
    file: AwsFile,
    target: ProfileTarget,
    settings: OwnSettings,
    { replaceSection, supersedes }: WriteOptions,
    state: JournalState,
    newPutAside = '',
  ): Extract<WritePlan, { kind: 'edit' }> {
    const { sessionId, profileName } = target;
    const profile = profileInFile(profileName);
    const here = state.sections.filter(isAt(this.#location(target)));
    const ids = new Set([...supersedes, ...here.map((row) => row.sessionId)]);
    const ours = ownedBy(file, profile, sessionId, new Set(here.flatMap(({ keys }) => keys)));
    const plan = planWrite(file, {
      profile,
      sessionId,
      settings,
      owns: (section: Section) =>
        ours(section) ||
        (section.names.includes(profile) && [...ids].some((id) => belongsTo(file, section, id))),
      replaceSection,
      held: state.putAside.filter(isAt(this.#location(target))),
      newPutAside,
    });
    if (plan.kind === 'edit') return plan;
    throw new Problem('section-occupied', {
      detail: `Line ${plan.line} of ${this.#file} begins a section [${profileName}] of your own, and session ${target.sessionName} has that profile name.`,
      next: 'Agree that it is put aside until the session stops (--replace-section, or "replaceSection": true), or give the session another profile name.',
      sessionId,
    });
  }

  /** Writes down what is about to stand in the file, and keeps what is about to leave it. */
  async #announce(
    target: ProfileTarget,
    edit: {
      readonly key: string;
      readonly id: string;
      readonly fileIsNew: boolean;
      readonly aside: readonly string[];
      readonly before: JournalState;
    },
  ): Promise<void> {
    const { id, aside, before } = edit;
    const { sessionId } = target;
    const location = this.#location(target);
    const isMine = (row: Location & { readonly sessionId: string }) =>
      isAt(location)(row) && row.sessionId === sessionId;
    const row = { id, sessionId, ...location };
    if (aside.length > 0) await this.#putAside.keep(row, aside);
    const folder = edit.fileIsNew ? await topmostMissingFolder(this.#file) : undefined;
    const made = { file: this.#file, ...(folder === undefined ? {} : { folder }) };
    const keys = [...(before.sections.find(isMine)?.keys.slice(-1) ?? []), edit.key];
    await this.#journal.change(() => ({
      sections: [
        ...before.sections.filter((one) => !isMine(one)),
        { sessionId, ...location, keys },
      ],
      putAside: [
        ...before.putAside,
        ...(aside.length > 0 ? [{ ...row, count: aside.length }] : []),
      ],
      made: edit.fileIsNew
        ? [...before.made.filter(({ file }) => file !== this.#file), made]
        : before.made,
    }));
  }

  /** Sessions whose section this one's replaced have none any more, nor has it one elsewhere. */
  async #tidy(target: ProfileTarget): Promise<void> {
    const { sessionId } = target;
    const here = isAt(this.#location(target));
    await this.#journal.note((state) => ({
      ...state,
      sections: state.sections.filter((row) => !here(row) || row.sessionId === sessionId),
    }));
    const { sections } = await this.#journal.state();
    for (const row of sections) {
      if (row.sessionId === sessionId && !here(row)) await this.#removal.at(sessionId, row);
    }
  }

  #location({ profileName }: ProfileTarget): Location {
    return { file: this.#file, profileName };
  }

  async #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const mine = this.#turn.then(work);
    this.#turn = mine.catch(() => undefined);
    return await mine;
  }
}
