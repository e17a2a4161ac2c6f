import type { AwsFileKind } from '../delivery.ts';
import { endsOpen, lineEnding } from './file/edit.ts';
import { textOf } from './file/line.ts';
import { parseAwsFile, type AwsFile, type Section } from './file/parse.ts';
import { extentOf, markerOf, settingsIn } from './file/section.ts';

export interface Obstacle {
  readonly line: number;
  /** A clause about the line. */
  readonly reason: string;
}

/** Why restoring the stashed sections would take something from the user, if it would. */
export function obstacleTo(
  file: AwsFile,
  own: readonly Section[],
  {
    profile,
    stashed,
  }: {
    readonly profile: string;
    readonly stashed: ReadonlyMap<string, readonly string[] | undefined>;
  },
): Obstacle | undefined {
  const originals = [...stashed.values()].flatMap((sections) => sections ?? []);
  if (originals.length === 0) return undefined;
  const other = file.sections.find(
    (section) =>
      section.profiles.includes(profile) &&
      !own.includes(section) &&
      !isOneOf(file, section, originals),
  );
  if (other !== undefined) {
    return { line: other.from + 1, reason: 'another section has that name now' };
  }
  for (const section of own) {
    const ref = markerOf(file, section)?.replaces;
    const original = ref === undefined ? undefined : stashed.get(ref.stashId)?.[ref.index];
    if (original === undefined) continue;
    const keys = keysOf(original, file.kind);
    const { inner, outer } = extentOf(file, section);
    const clash = [...inner, ...outer].find(({ key }) => keys.has(key));
    if (clash !== undefined) {
      const reason = `somebody added ${clash.key} to the session's section`;
      return { line: file.lines.indexOf(clash) + 1, reason };
    }
  }
  return undefined;
}

/** Appends stashed sections whose place is lost, unless they are in the file already. */
export function appendMissing(
  text: string,
  sections: readonly string[],
  kind: AwsFileKind,
): string {
  let result = text;
  for (const section of sections) {
    const file = parseAwsFile(result, kind);
    if (file.sections.some((one) => isOneOf(file, one, [section]))) continue;
    result += (endsOpen(file) ? lineEnding(file, file.lines.length) : '') + section;
  }
  return result;
}

function isOneOf(file: AwsFile, { from, core }: Section, originals: readonly string[]): boolean {
  const text = textOf(file.lines.slice(from, core)).trimEnd();
  return originals.some((original) => original.trimEnd() === text);
}

function keysOf(section: string, kind: AwsFileKind): ReadonlySet<string> {
  const file = parseAwsFile(section, kind);
  return new Set(file.sections.flatMap((one) => [...settingsIn(file, one).keys()]));
}
