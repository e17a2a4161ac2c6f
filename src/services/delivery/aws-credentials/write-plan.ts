import { editedPieces, endsOpen, lineEnding, reclaimLineBreak, type Edit } from './file/edit.ts';
import { textOf } from './file/line.ts';
import type { AwsFile, Section } from './file/parse.ts';
import {
  blockText,
  extentOf,
  markerOf,
  placeholderOf,
  placeholderText,
  refText,
  type StashRef,
} from './file/section.ts';
import type { OwnSettings } from './file/own-settings.ts';
import { removeOwn } from './remove-plan.ts';
import type { Piece } from '../shared/user-file/content.ts';

export interface WriteRequest {
  /** In latin1, as everything here. */
  readonly profile: string;
  /** Of our section, between the brackets. */
  readonly header: string;
  readonly sessionId: string;
  readonly settings: OwnSettings;
  /** Sections that are Stint's to replace. */
  readonly owns: (section: Section) => boolean;
  readonly replaceSection: boolean;
  /** What is stashed for the profile already, each `count` sections. */
  readonly stashed: readonly { readonly id: string; readonly count: number }[];
  /** The id for what is stashed now. */
  readonly newStashId: string;
}

export type WritePlan =
  /** The user's own section begins at `line`, and they did not allow Stint to stash it. */
  | { readonly kind: 'occupied'; readonly line: number }
  /** The pieces of the new content, and the user's sections that it lacks, to be stashed first. */
  | {
      readonly kind: 'edit';
      readonly pieces: readonly Piece[];
      readonly stash: readonly string[];
    };

/** How the session's section gets into the file. Pure. */
export function planWrite(file: AwsFile, request: WriteRequest): WritePlan {
  const own = file.sections.filter(request.owns);
  const theirs = file.sections.filter(
    (section) => section.profiles.includes(request.profile) && !own.includes(section),
  );
  if (own.length > 0) return edited(file, replaceOwn(file, own, request));
  if (theirs.length === 0) return edited(file, [insert(file, request)]);
  if (!request.replaceSection) return { kind: 'occupied', line: (theirs[0]?.from ?? 0) + 1 };
  return {
    kind: 'edit',
    pieces: editedPieces(file, replaceTheirs(file, theirs, request)),
    stash: theirs.map((section) => originalText(file, section)),
  };
}

function edited(file: AwsFile, edits: readonly Edit[]): WritePlan {
  return { kind: 'edit', pieces: editedPieces(file, edits), stash: [] };
}

/** Replaces our section where it is, and removes copies that somebody made of it. */
function replaceOwn(
  file: AwsFile,
  own: readonly Section[],
  request: WriteRequest,
): readonly Edit[] {
  const kept = own.find(({ profiles }) => profiles.includes(request.profile)) ?? own[0];
  return own.flatMap((section) => {
    if (section !== kept) return removeOwn(file, section);
    const { from } = section;
    const { end, inner } = extentOf(file, section);
    const before = markerOf(file, section);
    const marker = {
      sessionId: request.sessionId,
      lineBreak: before?.lineBreak ?? false,
      published: before?.published ?? false,
      replaces: before?.replaces ?? lostRefs(file, request.stashed)[0],
    };
    const block = blockText(request.header, marker, request.settings, lineEnding(file, from + 1));
    return [{ from, to: end, text: block + textOf(inner) }];
  });
}

/** Our section replaces their first; a placeholder marks where each other one was. */
function replaceTheirs(
  file: AwsFile,
  theirs: readonly Section[],
  request: WriteRequest,
): readonly Edit[] {
  const { header, sessionId, settings } = request;
  return theirs.flatMap((section, nth) => {
    const { from, core } = section;
    const replaces = { stashId: request.newStashId, index: nth };
    const eol = lineEnding(file, from + 1);
    const text =
      nth === 0
        ? blockText(header, { sessionId, lineBreak: false, replaces }, settings, eol)
        : placeholderText(replaces, header) + eol;
    return [{ from, to: core, text }, ...reclaimLineBreak(file, core)];
  });
}

/** As the user wrote it: without the line break that we added for a section of ours after it. */
function originalText(file: AwsFile, { from, core }: Section): string {
  const lines = file.lines.slice(from, core);
  const last = lines.at(-1);
  if (last === undefined || reclaimLineBreak(file, core).length === 0) return textOf(lines);
  return textOf(lines.slice(0, -1)) + last.text;
}

/** Puts our section where a placeholder marks a stashed one, else at the end of the file. */
function insert(file: AwsFile, request: WriteRequest): Edit {
  const { header, sessionId, settings } = request;
  const { lines } = file;
  for (const [index, line] of request.stashed.length === 0 ? [] : lines.entries()) {
    const replaces = placeholderOf(line);
    if (!request.stashed.some(({ id }) => id === replaces?.stashId)) continue;
    const marker = { sessionId, lineBreak: false, replaces };
    const text = blockText(header, marker, settings, lineEnding(file, index + 1));
    return { from: index, to: index + 1, text };
  }
  const eol = lineEnding(file, lines.length);
  const lineBreak = endsOpen(file);
  const marker = { sessionId, lineBreak, replaces: lostRefs(file, request.stashed)[0] };
  const text = (lineBreak ? eol : '') + blockText(header, marker, settings, eol);
  return { from: lines.length, to: lines.length, text };
}

/** Stashed sections that neither a placeholder nor a section of ours refers to any more. */
function lostRefs(file: AwsFile, stashed: WriteRequest['stashed']): readonly StashRef[] {
  if (stashed.length === 0) return [];
  const known = new Set(
    [
      ...file.lines.map(placeholderOf),
      ...file.sections.map((section) => markerOf(file, section)?.replaces),
    ].flatMap((ref) => (ref === undefined ? [] : [refText(ref)])),
  );
  return stashed
    .flatMap(({ id, count }) =>
      Array.from({ length: count }, (_, index) => ({ stashId: id, index })),
    )
    .filter((ref) => !known.has(refText(ref)));
}
