import { applyEdits, lineEnding, removal, replacement, type Edit } from './file/edit.ts';
import { isPassive, textOf } from './file/line.ts';
import { parseAwsFile, type AwsFile, type Section } from './file/parse.ts';
import {
  extentOf,
  markerOf,
  placeholderOf,
  placeholderText,
  refText,
  type StashRef,
} from './file/section.ts';
import { appendMissing, obstacleTo, type Obstacle } from './restore-plan.ts';

export interface RemovalRequest {
  /** In latin1, as everything here. */
  readonly profile: string;
  /** Of a section for it, between the brackets. */
  readonly header: string;
  /** Sections of the session that ends. */
  readonly owns: (section: Section) => boolean;
  /**
   * What is stashed for the profile, by id: the sections to restore, byte for byte; undefined while
   * they are not available.
   */
  readonly stashed: ReadonlyMap<string, readonly string[] | undefined>;
}

export interface RemovalPlan {
  readonly text: string;
  /** Why nothing that is stashed is restored yet; its line in `text`. */
  readonly obstacle?: Obstacle | undefined;
}

/** How the session's section is removed from the file, and what it replaced is restored. Pure. */
export function planRemoval(file: AwsFile, request: RemovalRequest): RemovalPlan {
  const own = file.sections.filter(request.owns);
  const obstacle = obstacleTo(file, own, request);
  const restored = new Set<string>();
  const restore = (ref: StashRef | undefined): string | undefined => {
    if (ref === undefined || obstacle !== undefined) return undefined;
    const original = request.stashed.get(ref.stashId)?.[ref.index];
    if (original !== undefined) restored.add(refText(ref));
    return original;
  };
  const edits = own.flatMap((section) => removeOrRestore(file, section, request, restore));
  for (const [index, line] of file.lines.entries()) {
    if (edits.some(({ from, to }) => from <= index && index < to)) continue;
    const original = restore(placeholderOf(line));
    if (original !== undefined) edits.push(...replacement(file, index, index + 1, original));
  }
  const lost = [...request.stashed].flatMap(([stashId, sections]) =>
    obstacle === undefined && sections !== undefined
      ? sections.filter((_, index) => !restored.has(refText({ stashId, index })))
      : [],
  );
  const text = appendMissing(applyEdits(file, edits), lost, file.kind);
  return {
    text,
    obstacle: obstacle && obstacleIn(parseAwsFile(text, file.kind), obstacle, request),
  };
}

/** The same with its line in the new file, where it is a section by itself. */
function obstacleIn(file: AwsFile, obstacle: Obstacle, request: RemovalRequest): Obstacle {
  return { ...obstacle, line: obstacleTo(file, [], request)?.line ?? obstacle.line };
}

/** A section of ours becomes what it replaced, a placeholder for it, or nothing. */
function removeOrRestore(
  file: AwsFile,
  section: Section,
  request: RemovalRequest,
  restore: (ref: StashRef) => string | undefined,
): Edit[] {
  const { from } = section;
  const { end, inner } = extentOf(file, section);
  const ref = markerOf(file, section)?.replaces;
  if (ref === undefined || !request.stashed.has(ref.stashId)) return removeOwn(file, section);
  const eol = lineEnding(file, from + 1);
  const original = restore(ref);
  if (original === undefined) {
    const text = placeholderText(ref, request.header) + eol + remains(file, section);
    return [{ from, to: end, text }];
  }
  if (inner.length === 0) return replacement(file, from, end, original);
  const lineBreak = /[\r\n]$/.test(original) ? '' : eol;
  return [{ from, to: end, text: original + lineBreak + textOf(inner) }];
}

/** Removes our lines. Settings that somebody added keep their header; other lines stay. */
export function removeOwn(file: AwsFile, section: Section): Edit[] {
  const { from } = section;
  const { end } = extentOf(file, section);
  const rest = remains(file, section);
  if (rest !== '') return [{ from, to: end, text: rest }];
  return removal(file, from, end, markerOf(file, section));
}

/** What stays of the lines up to our last. */
function remains(file: AwsFile, section: Section): string {
  const { inner, outer } = extentOf(file, section);
  const header = file.lines.slice(section.from, section.from + 1);
  return textOf([...([...inner, ...outer].every(isPassive) ? [] : header), ...inner]);
}
