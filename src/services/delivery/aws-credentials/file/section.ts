import { endpointKey, ownKeys, type OwnSettings } from './own-settings.ts';
import { isPassive, type Line } from './line.ts';
import type { AwsFile, Section } from './parse.ts';

/** One section of a stash: `stashId` is the stash's id, `index` counts from 0. */
export interface StashRef {
  readonly stashId: string;
  readonly index: number;
}

/** What the comment in a section of ours says, so that the file itself tells how to restore it. */
export interface Marker {
  readonly sessionId: string;
  /** The line break before the section is ours: the file had no final newline. */
  readonly lineBreak: boolean;
  /** The user's section that ours replaces. */
  readonly replaces?: StashRef | undefined;
  /** `endpoint_url` is ours too; in another section of ours it is somebody else's. */
  readonly endpoint?: boolean;
  /** A published profile: it stays when the session stops. */
  readonly published?: boolean;
}

/** `header`: between the brackets. */
export function blockText(
  header: string,
  marker: Marker,
  settings: OwnSettings,
  eol: string,
): string {
  const lines = [
    `[${header}]`,
    markerText({ ...marker, endpoint: settings.some(([key]) => key === endpointKey) }),
    ...settings.map(([key, value]) => `${key} = ${value}`),
  ];
  return lines.map((line) => line + eol).join('');
}

/** The wording is in users' files: change it only so that older text is still recognised. */
export function markerText(marker: Marker): string {
  const { sessionId, lineBreak, replaces, endpoint = false, published = false } = marker;
  const notes = [
    ...(lineBreak ? ['line-break'] : []),
    ...(endpoint ? ['endpoint'] : []),
    ...(replaces === undefined ? [] : [`put-aside ${refText(replaces)}`]),
  ];
  const more = notes.length === 0 ? '' : ` [${notes.join(', ')}]`;
  return published
    ? `# Stint profile of session ${sessionId}: stint profile unpublish removes it${more}`
    : `# Stint session ${sessionId}: removed when the session stops${more}`;
}

/** A section of a stash as comments name it. */
export function refText({ stashId, index }: StashRef): string {
  return `${stashId}/${index}`;
}

/** The comment that marks where a stashed section was. */
export function placeholderText(ref: StashRef, profile: string): string {
  return `# Stint put-aside ${refText(ref)}: your section [${profile}] is restored here when the session stops`;
}

export function placeholderOf(line: Line): StashRef | undefined {
  const match =
    line.kind === 'comment' ? /^# Stint put-aside (\w+)\/(\d+):/.exec(line.text) : undefined;
  return match?.[1] === undefined ? undefined : { stashId: match[1], index: Number(match[2]) };
}

function parseMarker(line: Line): Marker | undefined {
  if (line.kind !== 'comment') return undefined;
  const match = /^\s*[#;] ?Stint (profile of )?session ([\w-]+)\b[^[]*(?:\[(.*)\])?/.exec(
    line.text,
  );
  if (match?.[2] === undefined) return undefined;
  const notes = match[3] ?? '';
  const ref = /put-aside (\w+)\/(\d+)/.exec(notes);
  return {
    sessionId: match[2],
    published: match[1] !== undefined,
    lineBreak: /\bline-break\b/.test(notes),
    endpoint: /\bendpoint\b/.test(notes),
    replaces: ref?.[1] === undefined ? undefined : { stashId: ref[1], index: Number(ref[2]) },
  };
}

/** The marker in a section, and its line; undefined in one that is not Stint's. */
export function markerIn(
  { lines }: AwsFile,
  { from, to }: Section,
): { readonly marker: Marker; readonly line: Line; readonly index: number } | undefined {
  for (let index = from + 1; index < to; index += 1) {
    const line = lines[index];
    if (line === undefined) return undefined;
    const marker = parseMarker(line);
    if (marker !== undefined) return { marker, line, index };
  }
  return undefined;
}

export function markerOf(file: AwsFile, section: Section): Marker | undefined {
  return markerIn(file, section)?.marker;
}

export function settingsIn({ lines }: AwsFile, { from, to }: Section): ReadonlyMap<string, string> {
  return new Map(
    lines
      .slice(from, to)
      .filter(({ kind }) => kind === 'setting')
      .map(({ key, value }) => [key, value]),
  );
}

/** What is ours in a section of ours, and what somebody else added. */
export interface Extent {
  /** After our last line. */
  readonly end: number;
  /** Lines of others among ours. */
  readonly inner: readonly Line[];
  /** Lines of others after ours; most often they are about the next section. */
  readonly outer: readonly Line[];
}

export function extentOf(file: AwsFile, section: Section): Extent {
  const { kind, lines } = file;
  const { from, to } = section;
  const hasEndpoint = markerOf(file, section)?.endpoint === true;
  let end = from + 1;
  let isOurs = false;
  const foreign: number[] = [];
  for (let index = from + 1; index < to; index += 1) {
    const line = lines[index];
    if (line === undefined) break;
    if (line.kind === 'setting' || line.kind === 'stray') {
      isOurs = ownKeys[kind].has(line.key) || (hasEndpoint && line.key === endpointKey);
    }
    const own = isPassive(line) ? parseMarker(line) !== undefined : isOurs;
    if (own) end = index + 1;
    else foreign.push(index);
  }
  const pick = (indexes: readonly number[]) => indexes.flatMap((index) => lines[index] ?? []);
  return {
    end,
    inner: pick(foreign.filter((index) => index < end)),
    outer: pick(foreign.filter((index) => index >= end)),
  };
}
