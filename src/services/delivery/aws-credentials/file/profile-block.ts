import type { Line } from './line.ts';
import type { AwsFile, Section } from './parse.ts';
import { markerOf } from './section.ts';

/*
 * The block of published profiles in the config file: two comments, and the sections between them.
 * The wording is in users' files: change it only so that older text is still recognised.
 */

const begin = '# Stint profiles begin';
const end = '# Stint profiles end';

/** The comment that begins the block. `lineBreak`: as of `Marker`. */
export function beginText(lineBreak: boolean): string {
  return `${begin}: stint profile unpublish removes them${lineBreak ? ' [line-break]' : ''}`;
}

/** The comment that ends the block. */
export const endText = end;

export function beginOf({ kind, text }: Line): { readonly lineBreak: boolean } | undefined {
  if (kind !== 'comment' || !text.startsWith(begin)) return undefined;
  return { lineBreak: text.includes('[line-break]') };
}

function isEnd({ kind, text }: Line): boolean {
  return kind === 'comment' && text.startsWith(end);
}

/** The lines of the first block's comments. */
export interface Block {
  readonly begin: number;
  readonly end: number;
  readonly lineBreak: boolean;
}

/** The block of the file; undefined where it has none, or lost one of its comments. */
export function blockOf({ lines }: AwsFile): Block | undefined {
  const first = lines.findIndex((line) => beginOf(line) !== undefined);
  const last = lines.findIndex((line, index) => index > first && isEnd(line));
  const found = lines[first] && beginOf(lines[first]);
  if (found === undefined || last < 0) return undefined;
  return { begin: first, end: last, lineBreak: found.lineBreak };
}

/** Lines of comments that are left of a block without the other one. */
export function strayComments(file: AwsFile): readonly number[] {
  const block = blockOf(file);
  return file.lines.flatMap((line, index) => {
    const isOurs = beginOf(line) !== undefined || isEnd(line);
    return isOurs && index !== block?.begin && index !== block?.end ? [index] : [];
  });
}

/** Whether a published profile is between the comments. */
export function isInUse(file: AwsFile, { begin: from, end: to }: Block): boolean {
  const isInside = (section: Section) => section.from > from && section.from < to;
  return file.sections.some(
    (section) => isInside(section) && markerOf(file, section)?.published === true,
  );
}
