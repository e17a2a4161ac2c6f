import type { AwsCredentials } from '../../../models/credentials.ts';
import { Problem } from '../../../models/problem.ts';
import type { ProfileTarget, WriteOptions } from '../delivery.ts';
import { editFile } from '../shared/user-file/edit-file.ts';
import { locate, readUserBytes } from '../shared/user-file/locate.ts';
import { requireWritable, topmostMissingFolder } from '../shared/user-file/writable.ts';
import { parseAwsFileAt, type AwsFile, type Section } from './file/parse.ts';
import { fromLatin1 } from './file/latin1.ts';
import { fingerprintOf, type OwnSettings } from './file/own-settings.ts';
import { headerOf, profileInFile } from './file/profile-header.ts';
import type { SectionJournalState, StashRow } from './journal.ts';
import { belongsTo, elsewhereIn, isAt, ownedBy, type Location } from './ownership.ts';
import { editOf, settingsOf, type SectionParts } from './parts.ts';
import { ownsPublished } from './published.ts';
import { planWrite, type WritePlan } from './write-plan.ts';

/** A write into `file`; `target` and `options` as of `Delivery.write`. */
export interface SectionWrite {
  readonly file: string;
  readonly target: ProfileTarget;
  readonly options: WriteOptions;
}

/** Writes sessions' sections into the AWS files. */
export class SectionWriter {
  readonly #parts: SectionParts;

  constructor(parts: SectionParts) {
    this.#parts = parts;
  }

  /** Throws what `write` would throw, except for a locked vault. Changes nothing. */
  async prepare({ file, target, options }: SectionWrite): Promise<void> {
    const path = await locate(file);
    const parsed = parseAwsFileAt(file, (await readUserBytes(path)) ?? '', target.kind);
    // Where Stint is may be a path that not every SDK can read.
    if (target.kind === 'config') this.#parts.processLine(target.sessionId);
    const state = await this.#parts.journal.state();
    const published = await ownsPublished(this.#parts);
    plan(parsed, { file, target, options }, { settings: [], stashId: '', state, published });
    await requireWritable(file, path, { inPlace: this.#parts.writesInPlace() });
  }

  /**
   * Throws Problem 'section-occupied', 'invalid-request', 'file-unreadable', 'file-unwritable',
   * 'vault-locked'; the file is unchanged then.
   */
  async write(request: SectionWrite, credentials: AwsCredentials): Promise<void> {
    const { file, target } = request;
    const settings = settingsOf(this.#parts, target, credentials);
    const state = await this.#parts.journal.state();
    const published = await ownsPublished(this.#parts);
    const stashId = this.#parts.stash.newId();
    let stashed: readonly StashRow[] = [];
    const kept = new Set<StashRow>();
    await editFile(editOf(this.#parts, file), async (bytes) => {
      const parsed = parseAwsFileAt(file, bytes ?? '', target.kind);
      const planned = plan(parsed, request, { settings, stashId, state, published });
      stashed = await this.#keep(request, stashId, planned.stash);
      for (const row of stashed) kept.add(row);
      const key = fingerprintOf(target.kind, settings) ?? '';
      const edit = { key, stashed, isNew: bytes === undefined };
      // Both are synced at the same time; ours is not in the user's file before the journal says so.
      return { pieces: planned.pieces, mayAppear: this.#announce(request, edit, state) };
    });
    // Another program took the section away between two attempts: there is nothing to restore.
    if (kept.size > 0 && stashed.length === 0) {
      await this.#parts.stash.forget({ id: stashId, sessionId: target.sessionId });
    }
  }

  async #keep(
    { file, target: { kind, sessionId, profileName } }: SectionWrite,
    id: string,
    sections: readonly string[],
  ): Promise<readonly StashRow[]> {
    if (sections.length === 0) return [];
    return [await this.#parts.stash.keep({ id, sessionId }, { kind, file, profileName, sections })];
  }

  /** Writes down what is about to be in the file. */
  async #announce(
    { file, target: { kind, sessionId, profileName } }: SectionWrite,
    edit: { readonly key: string; readonly stashed: readonly StashRow[]; readonly isNew: boolean },
    before: SectionJournalState,
  ): Promise<void> {
    const location = { kind, file, profileName };
    const isMine = (row: Location & { readonly sessionId: string }) =>
      isAt(location)(row) && row.sessionId === sessionId;
    const earlier = before.written.find(isMine)?.keys.slice(-1) ?? [];
    const keys = [...new Set([...earlier, edit.key])];
    const folder = edit.isNew ? await topmostMissingFolder(file) : undefined;
    const made = { file, ...(folder === undefined ? {} : { folder }) };
    await this.#parts.journal.change(() => ({
      written: [...before.written.filter((row) => !isMine(row)), { sessionId, ...location, keys }],
      stashed: [...before.stashed, ...edit.stashed],
      made: edit.isNew ? [...before.made.filter((row) => row.file !== file), made] : before.made,
    }));
  }
}

/** Throws Problem 'section-occupied', 'invalid-request'. */
function plan(
  parsed: AwsFile,
  { file, target, options: { replaceSection, supersedes } }: SectionWrite,
  more: {
    readonly settings: OwnSettings;
    readonly stashId: string;
    readonly state: SectionJournalState;
    readonly published: (file: AwsFile, section: Section) => boolean;
  },
): Extract<WritePlan, { kind: 'edit' }> {
  const { kind, sessionId, sessionName, profileName } = target;
  const profile = profileInFile(profileName, kind);
  const isHere = isAt({ kind, file, profileName });
  const here = more.state.written.filter(isHere);
  const replaceable = new Set([...supersedes, ...here.map((row) => row.sessionId)]);
  const ours = ownedBy(parsed, profile, {
    sessionId,
    keys: new Set(here.flatMap(({ keys }) => keys)),
    elsewhere: elsewhereIn(more.state.written, { kind, file, profileName }, sessionId),
  });
  const planned = planWrite(parsed, {
    profile,
    header: headerOf(profileName, kind),
    sessionId,
    settings: more.settings,
    owns: (section: Section) =>
      ours(section) ||
      (section.profiles.includes(profile) &&
        (more.published(parsed, section) ||
          [...replaceable].some((id) => belongsTo(parsed, section, id)))),
    replaceSection,
    stashed: more.state.stashed.filter(isHere),
    newStashId: more.stashId,
  });
  if (planned.kind === 'edit') return planned;
  throw new Problem('section-occupied', {
    detail: `${file} already has your own section [${fromLatin1(headerOf(profileName, kind))}] (line ${planned.line}), and session ${sessionName} uses that profile name.`,
    next: 'Allow Stint to move it aside while the session is active (--replace-section, or "replaceSection": true), or give the session another profile name.',
    sessionId,
  });
}
