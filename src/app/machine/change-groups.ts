import type { Change } from '../../models/change.ts';

/** What Stint holds in one file or folder, or has for itself. */
export interface ChangeGroup {
  readonly title: string;
  /** The title is a file or folder. */
  readonly isFile: boolean;
  readonly changes: readonly Change[];
}

/** Ends with Stint itself, not with a session. */
const ownKinds: ReadonlySet<Change['kind']> = new Set(['home', 'agent', 'browser', 'keychain']);
/** Of programs that use a session, each in its own folder. */
const programKinds: ReadonlySet<Change['kind']> = new Set(['lease-folder', 'azure-folder']);

/** Files first, in the order they come, then the folders of programs, then what Stint has for itself. */
export function changeGroups(changes: readonly Change[]): readonly ChangeGroup[] {
  const byFile = new Map<string, Change[]>();
  const programs: Change[] = [];
  const own: Change[] = [];
  for (const change of changes) {
    if (ownKinds.has(change.kind)) own.push(change);
    else if (programKinds.has(change.kind)) programs.push(change);
    else {
      const file = change.file ?? '';
      byFile.set(file, [...(byFile.get(file) ?? []), change]);
    }
  }
  const groups = [...byFile].map(([file, held]) => ({
    title: file === '' ? 'Not in a file' : file,
    isFile: file !== '',
    changes: held,
  }));
  return [
    ...groups,
    { title: 'Programs that use a session', isFile: false, changes: programs },
    { title: 'Stint itself', isFile: false, changes: own },
  ].filter((group) => group.changes.length > 0);
}

/** What Stint changed of the user's own, without what it has for itself. */
export function outsideHome(changes: readonly Change[]): readonly Change[] {
  return changes.filter(({ kind }) => !ownKinds.has(kind));
}

/** The button that puts a change back, by what that does. */
export function restoreLabel(change: Change, isRunning: boolean): string {
  if (change.kind === 'published-profile') return 'Unpublish';
  if (programKinds.has(change.kind)) return 'Close lease';
  return isRunning ? 'Stop and restore' : 'Try now';
}

/** Everything as text, for a bug report or a colleague. */
export function changesText(changes: readonly Change[]): string {
  return changeGroups(changes)
    .map(({ title, changes: held }) =>
      [title, ...held.map(({ what, how }) => `  ${what}\n    ${how}`)].join('\n'),
    )
    .join('\n\n');
}
