import { applyEdits, endsOpen, lineEnding, removal, replacement, type Edit } from './file/edit.ts';
import { isPassive, parseAwsFile, textOf, type AwsFile, type Section } from './file/parse.ts';
import { extentOf, markerOf, placeOf, placeText, settingsIn, type Place } from './file/section.ts';

export interface RemovalRequest {
  /** In latin1, as everything here. */
  readonly profile: string;
  /** Sections of the session that ends. */
  readonly owns: (section: Section) => boolean;
  /**
   * What is put aside for the profile, by id: the sections that come back, byte for byte; undefined
   * while they have to wait.
   */
  readonly putAside: ReadonlyMap<string, readonly string[] | undefined>;
}

export interface RemovalPlan {
  readonly text: string;
  /** Why nothing of what was put aside comes back yet: a clause about the line named. */
  readonly obstacle?: Obstacle | undefined;
}

interface Obstacle {
  readonly line: number;
  readonly reason: string;
}

/** How the session's section leaves the file, and what stood there comes back. Pure. */
export function planRemoval(file: AwsFile, request: RemovalRequest): RemovalPlan {
  const own = file.sections.filter(request.owns);
  const obstacle = obstacleTo(file, own, request);
  const returned = new Set<string>();
  const takeBack = (at: Place | undefined): string | undefined => {
    const original = obstacle === undefined ? originalOf(request, at) : undefined;
    if (at !== undefined && original !== undefined) returned.add(placeKey(at));
    return original;
  };
  const edits = own.flatMap((section) => leave(file, section, request, takeBack));
  for (const [index, line] of file.lines.entries()) {
    if (edits.some(({ from, to }) => from <= index && index < to)) continue;
    const original = takeBack(placeOf(line));
    if (original !== undefined) edits.push(...replacement(file, index, index + 1, original));
  }
  const homeless = [...request.putAside].flatMap(([putAside, sections]) =>
    obstacle === undefined && sections !== undefined
      ? sections.filter((_, index) => !returned.has(placeKey({ putAside, index })))
      : [],
  );
  return { text: append(applyEdits(file, edits), homeless), obstacle };
}

function originalOf({ putAside }: RemovalRequest, at: Place | undefined): string | undefined {
  return at === undefined ? undefined : putAside.get(at.putAside)?.[at.index];
}

function placeKey({ putAside, index }: Place): string {
  return `${putAside}/${index}`;
}

/** A section of ours becomes what stood there, a comment that keeps its place, or nothing. */
function leave(
  file: AwsFile,
  section: Section,
  request: RemovalRequest,
  takeBack: (at: Place | undefined) => string | undefined,
): Edit[] {
  const { from } = section;
  const { end, inner } = extentOf(file, section);
  const standsFor = markerOf(file, section)?.standsFor;
  if (standsFor === undefined || !request.putAside.has(standsFor.putAside)) {
    return removeOwn(file, section);
  }
  const eol = lineEnding(file, from + 1);
  const original = takeBack(standsFor);
  if (original === undefined) {
    const text = placeText(standsFor, request.profile) + eol + remains(file, section);
    return [{ from, to: end, text }];
  }
  if (inner.length === 0) return replacement(file, from, end, original);
  const breaks = /[\r\n]$/.test(original) ? '' : eol;
  return [{ from, to: end, text: original + breaks + textOf(inner) }];
}

/** Our lines go; settings that somebody added keep their header, other lines just stay. */
export function removeOwn(file: AwsFile, section: Section): Edit[] {
  const { from } = section;
  const { end } = extentOf(file, section);
  const rest = remains(file, section);
  if (rest !== '') return [{ from, to: end, text: rest }];
  return removal(file, from, end, markerOf(file, section));
}

/** What stays of the lines up to the end of ours. */
function remains(file: AwsFile, section: Section): string {
  const { inner, outer } = extentOf(file, section);
  const header = file.lines.slice(section.from, section.from + 1);
  return textOf([...([...inner, ...outer].every(isPassive) ? [] : header), ...inner]);
}

/** Why bringing the sections back would take something from the user, if it would. */
function obstacleTo(
  file: AwsFile,
  own: readonly Section[],
  request: RemovalRequest,
): Obstacle | undefined {
  const originals = [...request.putAside.values()].flatMap((sections) => sections ?? []);
  if (originals.length === 0) return undefined;
  const other = file.sections.find(
    (section) =>
      section.names.includes(request.profile) &&
      !own.includes(section) &&
      !isOneOf(file, section, originals),
  );
  if (other !== undefined) {
    return { line: other.from + 1, reason: 'another section of that name stands there now' };
  }
  for (const section of own) {
    const original = originalOf(request, markerOf(file, section)?.standsFor);
    if (original === undefined) continue;
    const taken = keysOf(original);
    const { inner, outer } = extentOf(file, section);
    const clash = [...inner, ...outer].find(({ key }) => key !== '' && taken.has(key));
    if (clash !== undefined) {
      const reason = `${clash.key} was set in the session's section meanwhile`;
      return { line: file.lines.indexOf(clash) + 1, reason };
    }
  }
  return undefined;
}

function isOneOf(file: AwsFile, { from, core }: Section, originals: readonly string[]): boolean {
  const text = textOf(file.lines.slice(from, core)).trimEnd();
  return originals.some((original) => original.trimEnd() === text);
}

function keysOf(section: string): ReadonlySet<string> {
  const file = parseAwsFile(section);
  return new Set(file.sections.flatMap((one) => [...settingsIn(file, one).keys()]));
}

/** Sections whose place is lost come back at the end, unless they are there already. */
function append(text: string, sections: readonly string[]): string {
  let result = text;
  for (const section of sections) {
    const file = parseAwsFile(result);
    if (file.sections.some((one) => isOneOf(file, one, [section]))) continue;
    result += (endsOpen(file) ? lineEnding(file, file.lines.length) : '') + section;
  }
  return result;
}
