import { Problem } from '../../../models/problem.ts';
import type { AwsFileKind } from '../delivery.ts';
import type { PublishedProfile, SectionChange } from '../published-profiles.ts';
import { repairBeforeWrite } from '../shared/repair.ts';
import { editFile } from '../shared/user-file/edit-file.ts';
import { locate, readUserFile } from '../shared/user-file/locate.ts';
import { topmostMissingFolder } from '../shared/user-file/writable.ts';
import { fromLatin1, toLatin1 } from './file/latin1.ts';
import { textOf } from './file/line.ts';
import { parseAwsFile, parseAwsFileAt, type AwsFile } from './file/parse.ts';
import { extentOf, markerOf } from './file/section.ts';
import { editOf, type SectionParts } from './parts.ts';
import { blockRequest, ownsPublished, requestFor } from './published.ts';
import { planBlock, type BlockRequest } from './publish-plan.ts';
import type { SectionRemover } from './remove.ts';

/** Keeps the block of published profiles like their list. One operation at a time. */
export class BlockPublisher {
  readonly #parts: SectionParts;
  readonly #remover: SectionRemover;

  constructor(parts: SectionParts, remover: SectionRemover) {
    this.#parts = parts;
    this.#remover = remover;
  }

  /** Throws Problem 'file-unreadable'. */
  async published(): Promise<readonly PublishedProfile[]> {
    await this.#parts.published.open();
    return (await this.#parts.published.state()).written;
  }

  /** As `ProfilePublisher.publish`, for a list. */
  async publish(
    file: string,
    wanted: readonly Omit<PublishedProfile, 'file'>[],
    { dryRun = false }: { readonly dryRun?: boolean } = {},
  ): Promise<readonly SectionChange[]> {
    await this.#parts.journal.open();
    const before = await this.published();
    const rows = wanted.map((one) => ({ ...one, file }));
    for (const { sessionId } of rows) this.#parts.processLine(sessionId);
    const request = await requestFor(this.#parts, { rows, file });
    const text = (await readUserFile(await locate(file))) ?? '';
    const parsed = parseAwsFileAt(file, text, 'config');
    const changes = changesBetween(
      parsed,
      parseAwsFile(planBlock(text, request), 'config'),
      request,
    );
    if (dryRun) return changes;
    await repairBeforeWrite(this.#parts.undoFolder, [file]);
    const elsewhere = new Set(before.map((row) => row.file).filter((one) => one !== file));
    for (const one of elsewhere) {
      await this.#write(one, await requestFor(this.#parts, { rows: [], file: one }));
    }
    await this.#parts.published.change((state) => ({ ...state, written: rows }));
    await this.#write(file, request);
    for (const one of [...elsewhere, file]) await this.#removeMade(one);
    return changes;
  }

  /** Makes the block in `file` like the list, after a crash or another program's write. */
  async repair(file: string): Promise<void> {
    try {
      const request = await blockRequest(this.#parts, file);
      if (request !== undefined) await this.#write(file, request);
    } catch (error) {
      // The next sweep tries again.
      if (!(error instanceof Problem)) throw error;
    }
  }

  /** As `ProfilePublisher.obstacles`. */
  async obstacles(
    files: Readonly<Record<AwsFileKind, string>>,
    profileNames: readonly string[],
  ): Promise<ReadonlyMap<string, string>> {
    const { stashed } = await this.#parts.journal.state();
    const owns = await ownsPublished(this.#parts);
    const found = new Map<string, string>();
    for (const kind of ['config', 'credentials'] as const) {
      const file = files[kind];
      const parsed = parseAwsFileAt(file, (await readUserFile(await locate(file))) ?? '', kind);
      for (const name of profileNames) {
        const profile = toLatin1(name);
        const isHere = (row: { readonly file: string; readonly profileName: string }) =>
          row.file === file && row.profileName === name;
        const theirs = parsed.sections.find((section) => {
          const marker = markerOf(parsed, section);
          const isOurs = marker?.published === true ? owns(parsed, section) : marker !== undefined;
          return section.profiles.includes(profile) && !isOurs && !owns(parsed, section);
        });
        if (theirs !== undefined) {
          found.set(name, `your own profile is in line ${theirs.from + 1} of ${file}`);
        } else if (stashed.some(isHere)) {
          found.set(name, `your own profile of ${file} comes back when its session stops`);
        }
      }
    }
    return found;
  }

  async #write(file: string, request: BlockRequest): Promise<void> {
    const edit = editOf(this.#parts, file);
    await editFile(edit, async (bytes) => {
      parseAwsFileAt(file, bytes ?? '', 'config');
      const planned = planBlock(bytes?.toString('latin1') ?? '', request);
      const { made } = await this.#parts.journal.state();
      if (planned !== '') {
        if (bytes === undefined) await this.#noteMade(file);
        return planned;
      }
      const isRemovable = edit.inPlace !== true && made.some((row) => row.file === file);
      return bytes === undefined || isRemovable ? undefined : planned;
    });
  }

  /** Written down before the file is made, so that it goes with its last section. */
  async #noteMade(file: string): Promise<void> {
    const folder = await topmostMissingFolder(file);
    const row = { file, ...(folder === undefined ? {} : { folder }) };
    await this.#parts.journal.change((state) => ({
      ...state,
      made: [...state.made.filter((one) => one.file !== file), row],
    }));
  }

  async #removeMade(file: string): Promise<void> {
    const { made } = await this.#parts.journal.state();
    const row = made.find((one) => one.file === file);
    if (row !== undefined) await this.#remover.removeMade(row);
  }
}

/** What differs in the sections of published profiles, in the order of the names. */
function changesBetween(
  before: AwsFile,
  after: AwsFile,
  { owns }: BlockRequest,
): readonly SectionChange[] {
  const [old, now] = [before, after].map((file) => ownText(file, owns));
  const names = [...new Set([...(old?.keys() ?? []), ...(now?.keys() ?? [])])].sort();
  return names.flatMap((profileName) => {
    const [was, is] = [old?.get(profileName), now?.get(profileName)];
    if (was === is) return [];
    return [
      {
        profileName,
        ...(was === undefined ? {} : { before: was }),
        ...(is === undefined ? {} : { after: is }),
      },
    ];
  });
}

/** Our lines of each published section, by profile. */
function ownText(file: AwsFile, owns: BlockRequest['owns']): ReadonlyMap<string, string> {
  return new Map(
    file.sections
      .filter((section) => owns(file, section))
      .map((section) => {
        const { end, inner } = extentOf(file, section);
        const lines = file.lines.slice(section.from, end).filter((line) => !inner.includes(line));
        const text = textOf(lines.map(({ text: line }) => ({ text: line, end: '\n' })));
        return [fromLatin1(section.profiles[0] ?? ''), fromLatin1(text)];
      }),
  );
}
