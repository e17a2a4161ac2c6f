import { applyEdits, endsOpen, lineEnding, removal, type Edit } from './file/edit.ts';
import type { OwnSettings } from './file/own-settings.ts';
import { textOf } from './file/line.ts';
import { parseAwsFile, type AwsFile, type Section } from './file/parse.ts';
import { beginText, blockOf, endText, isInUse, strayComments } from './file/profile-block.ts';
import { blockText, extentOf, markerOf } from './file/section.ts';
import { removeOwn } from './remove-plan.ts';

/** A profile to be in the block; texts in latin1. */
export interface BlockProfile {
  readonly profile: string;
  /** Between the brackets. */
  readonly header: string;
  readonly sessionId: string;
  readonly settings: OwnSettings;
}

export interface BlockRequest {
  readonly wanted: readonly BlockProfile[];
  /** Published sections of this Stint. */
  readonly owns: (file: AwsFile, section: Section) => boolean;
  /** Profiles that active sessions are delivered under; theirs stay as they are until the stop. */
  readonly held: ReadonlySet<string>;
}

/**
 * The config file with the block of published profiles as wanted; its text is returned unchanged where
 * it is so already. A section elsewhere in the file wins over a published profile of that name. Pure.
 */
export function planBlock(text: string, request: BlockRequest): string {
  const renewed = edited(text, (file) => renewSections(file, request));
  const complete = edited(renewed, (file) => addMissing(file, request));
  return edited(complete, removeEmptyBlock);
}

function edited(text: string, edits: (file: AwsFile) => readonly Edit[]): string {
  const file = parseAwsFile(text, 'config');
  return applyEdits(file, edits(file));
}

/** What is published already is renewed where it is, or removed. */
function renewSections(file: AwsFile, { wanted, owns, held }: BlockRequest): readonly Edit[] {
  const ours = file.sections.filter((section) => owns(file, section));
  const theirs = file.sections.filter((section) => !ours.includes(section));
  const kept = new Set<string>();
  return ours.flatMap((section) => {
    const { profiles } = section;
    if (profiles.some((profile) => held.has(profile))) return [];
    const isElsewhere = theirs.some((one) => one.profiles.some((name) => profiles.includes(name)));
    const next = isElsewhere
      ? undefined
      : wanted.find(({ profile }) => profiles.includes(profile) && !kept.has(profile));
    if (next === undefined) return removeOwn(file, section);
    kept.add(next.profile);
    const { from } = section;
    const { end, inner } = extentOf(file, section);
    const { lineBreak = false, replaces } = markerOf(file, section) ?? {};
    const marker = { sessionId: next.sessionId, published: true, lineBreak, replaces };
    const block = blockText(next.header, marker, next.settings, lineEnding(file, from + 1));
    return [{ from, to: end, text: block + textOf(inner) }];
  });
}

function addMissing(file: AwsFile, { wanted, held }: BlockRequest): readonly Edit[] {
  const there = new Set([...held, ...file.sections.flatMap(({ profiles }) => profiles)]);
  const missing = wanted.filter(({ profile }) => {
    const isMissing = !there.has(profile);
    there.add(profile);
    return isMissing;
  });
  if (missing.length === 0) return [];
  const { lines } = file;
  const block = blockOf(file);
  const at = block?.end ?? lines.length;
  const eol = lineEnding(file, at);
  const sections = missing
    .map(({ header, sessionId, settings }) =>
      blockText(header, { sessionId, published: true, lineBreak: false }, settings, eol),
    )
    .join('');
  if (block !== undefined) return [{ from: at, to: at, text: sections }];
  const lineBreak = endsOpen(file);
  const text = (lineBreak ? eol : '') + beginText(lineBreak) + eol + sections + endText + eol;
  return [{ from: at, to: at, text }];
}

/** The comments go with the last profile, and with what is between them where that is only ours. */
function removeEmptyBlock(file: AwsFile): readonly Edit[] {
  const stray = strayComments(file).map((index) => ({ from: index, to: index + 1, text: '' }));
  const block = blockOf(file);
  if (block === undefined || isInUse(file, block)) return stray;
  const { begin, end } = block;
  if (end === begin + 1) return [...stray, ...removal(file, begin, end + 1, block)];
  return [
    ...stray,
    ...removal(file, begin, begin + 1, block),
    { from: end, to: end + 1, text: '' },
  ];
}
