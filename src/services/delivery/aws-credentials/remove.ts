import { dirname } from 'node:path';
import { Problem } from '../../../models/problem.ts';
import type { Leftover } from '../delivery.ts';
import { editFile } from '../shared/user-file/edit-file.ts';
import { exists } from '../shared/user-file/exists.ts';
import { locate } from '../shared/user-file/locate.ts';
import { removeFolders } from '../shared/user-file/remove-folders.ts';
import { toLatin1 } from './file/latin1.ts';
import { parseAwsFileAt, type AwsFile, type Section } from './file/parse.ts';
import { headerText } from './file/profile-header.ts';
import { markerOf } from './file/section.ts';
import type { MadeRow } from './journal.ts';
import { elsewhereIn, isAt, ownedBy, type Location, type Owner } from './ownership.ts';
import { editOf, type SectionParts } from './parts.ts';
import { blockRequest, publishedRows } from './published.ts';
import { planBlock } from './publish-plan.ts';
import { planRemoval, type RemovalPlan } from './remove-plan.ts';
import type { StashedSections } from './stash.ts';

/** Removes sections and restores the user's own. Never throws for trouble with a file or the vault. */
export class SectionRemover {
  readonly #parts: SectionParts;

  constructor(parts: SectionParts) {
    this.#parts = parts;
  }

  /** Everything of one session: at `locations` and at all other locations in the journal. */
  async removeSession(
    sessionId: string,
    locations: readonly Location[],
  ): Promise<readonly Leftover[]> {
    const { written, stashed } = await this.#parts.journal.state();
    const rows = [...written, ...stashed].filter((row) => row.sessionId === sessionId);
    const leftovers = [];
    for (const one of distinct([...locations, ...rows])) {
      leftovers.push(...(await this.removeAt(one, sessionId)));
    }
    return leftovers;
  }

  /**
   * Removes the section at `location` of the session, or of none, and restores the user's own there
   * unless another session uses the location.
   */
  async removeAt(location: Location, sessionId: string | undefined): Promise<readonly Leftover[]> {
    const { written, stashed, made } = await this.#parts.journal.state();
    const mine = written.find((row) => isAt(location)(row) && row.sessionId === sessionId);
    const isShared = written.some((row) => isAt(location)(row) && row !== mine);
    const rows = stashed.filter(isAt(location));
    let stashes: readonly StashedSections[] = isShared
      ? rows.map((row) => ({ row }))
      : await this.#parts.stash.load(rows);
    const madeHere = made.find(({ file }) => file === location.file);
    let plan: RemovalPlan;
    try {
      ({ plan, stashes } = await this.#edit(location, madeHere, {
        owner:
          sessionId === undefined
            ? undefined
            : {
                sessionId,
                keys: new Set(mine?.keys),
                elsewhere: elsewhereIn(written, location, sessionId),
              },
        stashes,
        isShared,
      }));
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      const { file, profileName } = location;
      const reason = error.message;
      const left = { file, profileName, what: 'section', reason } as const;
      return [
        ...(mine === undefined ? [] : [{ sessionId: mine.sessionId, ...left }]),
        ...stashLeftovers(
          stashes.map(({ row }) => ({ row, reason })),
          location,
          sessionId,
        ),
      ];
    }
    const done = isShared ? [] : stashes.filter((stash) => isDone(stash, plan));
    for (const { row } of done) await this.#parts.stash.forget(row);
    await this.#parts.journal.note((state) => ({
      ...state,
      written: state.written.filter((row) => !isAt(location)(row) || row.sessionId !== sessionId),
      stashed: state.stashed.filter(({ id }) => !done.some(({ row }) => row.id === id)),
    }));
    if (madeHere !== undefined) await this.removeMade(madeHere);
    if (isShared) return [];
    const left = stashes
      .filter((stash) => !done.includes(stash))
      .map((stash) => ({ row: stash.row, reason: reasonOf(stash, plan, location) }));
    return stashLeftovers(left, location, sessionId);
  }

  async #edit(
    { kind, file, profileName }: Location,
    made: MadeRow | undefined,
    request: {
      readonly owner: Owner | undefined;
      readonly stashes: readonly StashedSections[];
      readonly isShared: boolean;
    },
  ): Promise<{ readonly plan: RemovalPlan; readonly stashes: readonly StashedSections[] }> {
    const { owner, isShared } = request;
    let { stashes } = request;
    const profile = toLatin1(profileName);
    let plan: RemovalPlan = { text: '' };
    const edit = editOf(this.#parts, file);
    // A published profile returns to its own session in the same write.
    const block =
      kind === 'config'
        ? await blockRequest(
            this.#parts,
            file,
            (row) => isAt({ kind, file, profileName })(row) && row.sessionId === owner?.sessionId,
          )
        : undefined;
    await editFile(edit, async (bytes) => {
      const parsed = parseAwsFileAt(file, bytes ?? '', kind);
      const owns = owner === undefined ? () => false : ownedBy(parsed, profile, owner);
      if (owner !== undefined && !isShared) {
        const row = { kind, file, profileName, sessionId: owner.sessionId, count: 1 };
        const unlisted = idsReplaced(parsed, owns)
          .filter((id) => !request.stashes.some((stash) => stash.row.id === id))
          .map((id) => ({ ...row, id }));
        const found = await this.#parts.stash.load(unlisted);
        stashes = [...request.stashes, ...found.filter(isThere)];
      }
      plan = planRemoval(parsed, {
        profile,
        header: headerText(profile, kind),
        owns,
        stashed: new Map(stashes.map(({ row, content }) => [row.id, content?.sections])),
      });
      if (block !== undefined && bytes !== undefined)
        plan = { ...plan, text: planBlock(plan.text, block) };
      // A file that others may have mounted stays, empty.
      const isRemovable = made !== undefined && edit.inPlace !== true;
      const isGone = plan.text === '' && (bytes === undefined || isRemovable);
      return isGone ? undefined : plan.text;
    });
    return { plan, stashes };
  }

  /** A file that Stint made was removed with its last section; so are the folders, while empty. */
  async removeMade({ file, folder }: MadeRow): Promise<void> {
    const { written } = await this.#parts.journal.state();
    const published = await publishedRows(this.#parts);
    if ([...written, ...published].some((row) => row.file === file)) return;
    const path = await locate(file).catch(() => file);
    if (folder !== undefined && !(await exists(path))) await removeFolders(dirname(path), folder);
    await this.#parts.journal.note((state) => ({
      ...state,
      made: state.made.filter((row) => row.file !== file),
    }));
  }
}

/** Which stashes the session's sections name, listed or not: the journal may have been damaged. */
function idsReplaced(file: AwsFile, owns: (section: Section) => boolean): readonly string[] {
  return file.sections
    .filter(owns)
    .flatMap((section) => markerOf(file, section)?.replaces?.stashId ?? []);
}

/** Not where the vault is open and does not have it. */
function isThere({ content, reason }: StashedSections): boolean {
  return content !== undefined || reason !== undefined;
}

/** Whether a stash was restored, or is lost and nothing in the file refers to it. */
function isDone({ row, content, reason }: StashedSections, plan: RemovalPlan): boolean {
  if (plan.obstacle !== undefined) return false;
  if (content !== undefined) return true;
  return reason === undefined && !plan.text.includes(`put-aside ${row.id}/`);
}

function reasonOf(
  { reason }: StashedSections,
  { obstacle }: RemovalPlan,
  { file, profileName }: Location,
): string {
  if (obstacle === undefined) return reason ?? 'The vault no longer has your stashed section.';
  return `Line ${obstacle.line} of ${file}: ${obstacle.reason}. Your section [${profileName}] stays in the vault until you remove that.`;
}

function stashLeftovers(
  stashes: readonly { readonly row: { readonly sessionId: string }; readonly reason: string }[],
  location: Location,
  sessionId: string | undefined,
): readonly Leftover[] {
  return stashes.map(({ row, reason }) => ({
    sessionId: sessionId ?? row.sessionId,
    file: location.file,
    profileName: location.profileName,
    what: 'stash',
    reason,
  }));
}

/** Each location once. */
export function distinct(locations: readonly Location[]): readonly Location[] {
  return locations.flatMap(({ kind, file, profileName }, index) =>
    locations.findIndex(isAt({ kind, file, profileName })) === index
      ? [{ kind, file, profileName }]
      : [],
  );
}
