import { applyEdits, endsOpen, lineEnding, takeOver, type Edit } from './file/edit.ts';
import { textOf, type AwsFile, type Section } from './file/parse.ts';
import {
  blockText,
  extentOf,
  markerOf,
  placeOf,
  placeText,
  type OwnSettings,
  type Place,
} from './file/section.ts';
import { removeOwn } from './remove-plan.ts';

export interface WriteRequest {
  /** In latin1, as everything here. */
  readonly profile: string;
  readonly sessionId: string;
  readonly settings: OwnSettings;
  /** Sections that are Stint's to replace. */
  readonly owns: (section: Section) => boolean;
  readonly replaceSection: boolean;
  /** What is put aside for the profile already, each `count` sections. */
  readonly held: readonly { readonly id: string; readonly count: number }[];
  /** The id for what will be put aside now. */
  readonly newPutAside: string;
}

export type WritePlan =
  /** A section of the user's own stands at `line`, and they have not agreed. */
  | { readonly kind: 'occupied'; readonly line: number }
  /** The new text, and the user's sections it no longer has, to be put aside before. */
  | { readonly kind: 'edit'; readonly text: string; readonly putAside: readonly string[] };

/** How the session's section gets into the file. Pure. */
export function planWrite(file: AwsFile, request: WriteRequest): WritePlan {
  const own = file.sections.filter(request.owns);
  const theirs = file.sections.filter(
    (section) => section.names.includes(request.profile) && !request.owns(section),
  );
  if (own.length > 0) return edited(file, renew(file, own, request));
  if (theirs.length === 0) return edited(file, [place(file, request)]);
  if (!request.replaceSection) return { kind: 'occupied', line: (theirs[0]?.from ?? 0) + 1 };
  return {
    kind: 'edit',
    text: applyEdits(file, putAside(file, theirs, request)),
    putAside: theirs.map((section) => originalText(file, section)),
  };
}

function edited(file: AwsFile, edits: readonly Edit[]): WritePlan {
  return { kind: 'edit', text: applyEdits(file, edits), putAside: [] };
}

/** A section of ours is replaced where it stands; copies that somebody made of it go. */
function renew(file: AwsFile, own: readonly Section[], request: WriteRequest): readonly Edit[] {
  const kept = own.find(({ names }) => names.includes(request.profile)) ?? own[0];
  return own.flatMap((section) => {
    if (section !== kept) return removeOwn(file, section);
    const { from } = section;
    const { end, inner } = extentOf(file, section);
    const before = markerOf(file, section);
    const marker = {
      sessionId: request.sessionId,
      lineBreak: before?.lineBreak ?? false,
      standsFor: before?.standsFor ?? missingPlaces(file, request.held)[0],
    };
    const block = blockText(request.profile, marker, request.settings, lineEnding(file, from + 1));
    return [{ from, to: end, text: block + textOf(inner) }];
  });
}

/** Ours takes the place of the first; a comment keeps the place of each other one. */
function putAside(
  file: AwsFile,
  theirs: readonly Section[],
  request: WriteRequest,
): readonly Edit[] {
  const { profile, sessionId, settings } = request;
  return theirs.flatMap((section, nth) => {
    const { from, core } = section;
    const standsFor = { putAside: request.newPutAside, index: nth };
    const eol = lineEnding(file, from + 1);
    const text =
      nth === 0
        ? blockText(profile, { sessionId, lineBreak: false, standsFor }, settings, eol)
        : placeText(standsFor, profile) + eol;
    return [{ from, to: core, text }, ...takeOver(file, core)];
  });
}

/** As the user wrote it: without the line break that we added for a section of ours behind it. */
function originalText(file: AwsFile, { from, core }: Section): string {
  const lines = file.lines.slice(from, core);
  const last = lines.at(-1);
  if (last === undefined || takeOver(file, core).length === 0) return textOf(lines);
  return textOf(lines.slice(0, -1)) + last.text;
}

/** In the place kept for what is put aside, else at the end of the file. */
function place(file: AwsFile, request: WriteRequest): Edit {
  const { profile, sessionId, settings } = request;
  const { lines } = file;
  for (const [index, line] of lines.entries()) {
    const standsFor = placeOf(line);
    if (!request.held.some(({ id }) => id === standsFor?.putAside)) continue;
    const marker = { sessionId, lineBreak: false, standsFor };
    const text = blockText(profile, marker, settings, lineEnding(file, index + 1));
    return { from: index, to: index + 1, text };
  }
  const eol = lineEnding(file, lines.length);
  const lineBreak = endsOpen(file);
  const marker = { sessionId, lineBreak, standsFor: missingPlaces(file, request.held)[0] };
  const text = (lineBreak ? eol : '') + blockText(profile, marker, settings, eol);
  return { from: lines.length, to: lines.length, text };
}

/** Places of what is put aside that neither a comment nor a section of ours keeps any more. */
function missingPlaces(file: AwsFile, held: WriteRequest['held']): readonly Place[] {
  const kept = new Set(
    [
      ...file.lines.map(placeOf),
      ...file.sections.map((section) => markerOf(file, section)?.standsFor),
    ].flatMap((at) => (at === undefined ? [] : [`${at.putAside}/${at.index}`])),
  );
  return held
    .flatMap(({ id, count }) =>
      Array.from({ length: count }, (_, index) => ({ putAside: id, index })),
    )
    .filter(({ putAside, index }) => !kept.has(`${putAside}/${index}`));
}
