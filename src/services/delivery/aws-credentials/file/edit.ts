import { bytesOf, type Piece } from '../../shared/user-file/content.ts';
import { beginOf, beginText } from './profile-block.ts';
import { markerIn, markerText, type Marker } from './section.ts';
import type { Line } from './line.ts';
import type { AwsFile } from './parse.ts';

/** Lines `from` up to `to` become `text`. */
export interface Edit {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

/**
 * The file with the edits made, in latin1. Everything else is unchanged. An edit within the lines
 * of another is dropped: it was about something that is removed.
 */
export function applyEdits(file: AwsFile, edits: readonly Edit[]): string {
  return bytesOf(editedPieces(file, edits)).toString('latin1');
}

/** The same in pieces, which are parts of the file and of the edits: nothing is copied. */
export function editedPieces(file: AwsFile, edits: readonly Edit[]): readonly Piece[] {
  const { bom, bytes, lines } = file;
  const pieces: Piece[] = [bom];
  let next = 0;
  /** Where line `next` begins in `bytes`. */
  let start = 0;
  for (const edit of [...edits].sort((a, b) => a.from - b.from || a.to - b.to)) {
    if (edit.from < next) continue;
    const end = start + lengthOf(lines, next, edit.from);
    pieces.push(bytes.subarray(start, end), edit.text);
    next = edit.to;
    start = end + lengthOf(lines, edit.from, edit.to);
  }
  return [...pieces, bytes.subarray(start)];
}

function lengthOf(lines: readonly Line[], from: number, to: number): number {
  let length = 0;
  for (let index = from; index < to; index += 1) {
    const line = lines[index];
    if (line !== undefined) length += line.text.length + line.end.length;
  }
  return length;
}

/**
 * The line ending in use before `index`, else the first of the file, else '\n'. Never a lone '\r':
 * with an empty line of the user's behind it, the two would become one.
 */
export function lineEnding({ lines }: AwsFile, index: number): string {
  const isUsable = ({ end }: Line) => end.endsWith('\n');
  for (let before = index - 1; before >= 0; before -= 1) {
    const line = lines[before];
    if (line !== undefined && isUsable(line)) return line.end;
  }
  return lines.find(isUsable)?.end ?? '\n';
}

/** Whether the file ends without a line break, so that what is appended needs one first. */
export function endsOpen({ lines }: AwsFile): boolean {
  return lines.at(-1)?.end === '';
}

/**
 * The edits that remove `from`..`to`. A line break of ours before it is removed too, or handed on to
 * what Stint has next; it stays where something of the user's follows.
 */
export function removal(
  file: AwsFile,
  from: number,
  to: number,
  marker: Pick<Marker, 'lineBreak'> | undefined,
): Edit[] {
  const cut = { from, to, text: '' };
  if (marker?.lineBreak !== true || from === 0) return [cut];
  const before = file.lines[from - 1];
  if (to < file.lines.length || before === undefined) return [cut, ...handLineBreakOn(file, to)];
  return [{ from: from - 1, to: from, text: before.text }, cut];
}

/** Lines `from`..`to` become `text`, which may lack its line break only at the end of the file. */
export function replacement(file: AwsFile, from: number, to: number, text: string): Edit[] {
  if (text === '' || /[\r\n]$/.test(text) || to === file.lines.length) return [{ from, to, text }];
  return [{ from, to, text: text + lineEnding(file, from) }, ...handLineBreakOn(file, to)];
}

/**
 * The edits that give the line break before `index` back to what is removed: none where it is not
 * ours, or nothing of ours follows.
 */
export function reclaimLineBreak(file: AwsFile, index: number): Edit[] {
  return noteLineBreak(file, index, false);
}

/** Notes in the Stint section or block that begins at `index`, if any, that the line break is ours. */
function handLineBreakOn(file: AwsFile, index: number): Edit[] {
  return noteLineBreak(file, index, true);
}

function noteLineBreak(file: AwsFile, index: number, lineBreak: boolean): Edit[] {
  const first = file.lines[index];
  const begin = first && beginOf(first);
  if (first !== undefined && begin !== undefined) {
    if (begin.lineBreak === lineBreak) return [];
    return [{ from: index, to: index + 1, text: beginText(lineBreak) + first.end }];
  }
  const section = file.sections.find(({ from }) => from === index);
  const found = section && markerIn(file, section);
  if (found === undefined || found.marker.lineBreak === lineBreak) return [];
  const { marker, line, index: at } = found;
  return [{ from: at, to: at + 1, text: markerText({ ...marker, lineBreak }) + line.end }];
}
