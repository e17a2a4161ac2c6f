import { createHash } from 'node:crypto';
import type { AwsCredentials } from '../../../../models/credentials.ts';
import { Problem } from '../../../../models/problem.ts';
import { isPassive, type AwsFile, type Line, type Section } from './parse.ts';

/** Where one section of a put-aside belongs: `putAside` is its id, `index` counts from 0. */
export interface Place {
  readonly putAside: string;
  readonly index: number;
}

/** What the comment in a section of ours says, so that the file itself knows how to become itself again. */
export interface Marker {
  readonly sessionId: string;
  /** The line break before the section was added by us: the file had no final newline. */
  readonly lineBreak: boolean;
  /** The user's section in whose place ours stands. */
  readonly standsFor?: Place | undefined;
}

/** The settings of our section, in their order, in latin1. */
export type OwnSettings = readonly (readonly [key: string, value: string])[];

const ownKeys: ReadonlySet<string> = new Set([
  'aws_access_key_id',
  'aws_secret_access_key',
  'aws_session_token',
  'region',
  'x_security_token_expires',
]);

/** Throws Problem 'invalid-request' for a value that would break out of its line. */
export function ownSettings(credentials: AwsCredentials, region: string): OwnSettings {
  const settings = [
    ['aws_access_key_id', credentials.accessKeyId],
    ['aws_secret_access_key', credentials.secretAccessKey],
    ['aws_session_token', credentials.sessionToken],
    ['region', region],
    ['x_security_token_expires', credentials.expiration],
  ] as const;
  for (const [key, value] of settings) {
    if (/^[\x21-\x7e]+$/.test(value) && !/^[#;]/.test(value)) continue;
    throw new Problem('invalid-request', {
      detail: `The value for ${key} holds a line break, a space or another character that cannot stand in the credentials file.`,
      next: 'Check the session and what the cloud answered; nothing was written.',
    });
  }
  return settings;
}

export function blockText(
  profile: string,
  marker: Marker,
  settings: OwnSettings,
  eol: string,
): string {
  const lines = [
    `[${profile}]`,
    markerText(marker),
    ...settings.map(([key, value]) => `${key} = ${value}`),
  ];
  return lines.map((line) => line + eol).join('');
}

export function markerText({ sessionId, lineBreak, standsFor }: Marker): string {
  const notes = [
    ...(lineBreak ? ['line-break'] : []),
    ...(standsFor === undefined ? [] : [`put-aside ${standsFor.putAside}/${standsFor.index}`]),
  ];
  const more = notes.length === 0 ? '' : ` [${notes.join(', ')}]`;
  return `# Stint session ${sessionId}: removed when the session stops${more}`;
}

/** The comment that keeps the place of a section put aside. */
export function placeText({ putAside, index }: Place, profile: string): string {
  return `# Stint put-aside ${putAside}/${index}: your section [${profile}] comes back here when the session has stopped`;
}

export function placeOf(line: Line): Place | undefined {
  const match =
    line.kind === 'comment' ? /^# Stint put-aside (\w+)\/(\d+):/.exec(line.text) : undefined;
  return match?.[1] === undefined ? undefined : { putAside: match[1], index: Number(match[2]) };
}

function parseMarker(line: Line): Marker | undefined {
  if (line.kind !== 'comment') return undefined;
  const match = /^\s*[#;] ?Stint session ([\w-]+)\b[^[]*(?:\[(.*)\])?/.exec(line.text);
  if (match?.[1] === undefined) return undefined;
  const notes = match[2] ?? '';
  const place = /put-aside (\w+)\/(\d+)/.exec(notes);
  return {
    sessionId: match[1],
    lineBreak: /\bline-break\b/.test(notes),
    standsFor:
      place?.[1] === undefined ? undefined : { putAside: place[1], index: Number(place[2]) },
  };
}

export function markerIndex({ lines }: AwsFile, { from, to }: Section): number | undefined {
  for (let index = from + 1; index < to; index += 1) {
    const line = lines[index];
    if (line !== undefined && parseMarker(line) !== undefined) return index;
  }
  return undefined;
}

/** The marker in a section, or undefined in one that is not Stint's. */
export function markerOf(file: AwsFile, section: Section): Marker | undefined {
  const line = file.lines[markerIndex(file, section) ?? -1];
  return line === undefined ? undefined : parseMarker(line);
}

export function settingsIn({ lines }: AwsFile, { from, to }: Section): ReadonlyMap<string, string> {
  return new Map(
    lines
      .slice(from, to)
      .filter(({ kind }) => kind === 'setting')
      .map(({ key, value }) => [key, value]),
  );
}

/** What is ours in a section of ours, and what somebody else put there. */
export interface Extent {
  /** Behind the last line of ours. */
  readonly end: number;
  /** Lines of others among ours. */
  readonly inner: readonly Line[];
  /** Lines of others behind ours; most often they tell of the next section. */
  readonly outer: readonly Line[];
}

export function extentOf({ lines }: AwsFile, { from, to }: Section): Extent {
  let end = from + 1;
  let isOurs = false;
  const foreign: number[] = [];
  for (let index = from + 1; index < to; index += 1) {
    const line = lines[index];
    if (line === undefined) break;
    if (line.kind === 'setting' || line.kind === 'stray') isOurs = ownKeys.has(line.key);
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

/** Recognises a section of ours whose marker another program dropped, without keeping the key id. */
export function fingerprint(accessKeyId: string): string {
  return createHash('sha256').update(accessKeyId).digest('base64url').slice(0, 22);
}
