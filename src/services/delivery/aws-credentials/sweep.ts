import { Problem } from '../../../models/problem.ts';
import type { Leftover } from '../delivery.ts';
import { editFile } from '../shared/user-file/edit-file.ts';
import { parseAwsFileAt, type AwsFile, type Section } from './file/parse.ts';
import { markerOf, settingsIn } from './file/section.ts';
import { isAt } from './ownership.ts';
import type { SectionParts } from './parts.ts';
import { planRemoval } from './remove-plan.ts';
import { distinct, type SectionRemover } from './remove.ts';

interface SweepRequest {
  readonly file: string;
  readonly isActive: (sessionId: string) => boolean;
  /** In milliseconds since 1970. */
  readonly now: number;
}

/** Removes and restores everything of sessions that are not active, whatever left it there. */
export async function sweepSections(
  parts: SectionParts,
  remover: SectionRemover,
  request: SweepRequest,
): Promise<readonly Leftover[]> {
  const { journal } = parts;
  await adoptOrphans(parts);
  const leftovers: Leftover[] = [];
  for (const row of (await journal.state()).written) {
    if (!request.isActive(row.sessionId)) {
      leftovers.push(...(await remover.removeAt(row, row.sessionId)));
    }
  }
  const { written, stashed } = await journal.state();
  const waiting = stashed.filter((row) => !written.some(isAt(row)));
  for (const location of distinct(waiting)) {
    const isReported = leftovers.some(({ file, profileName = '' }) =>
      isAt(location)({ file, profileName }),
    );
    if (!isReported) leftovers.push(...(await remover.removeAt(location, undefined)));
  }
  await removeExpired(parts, request);
  return leftovers;
}

/** Stashes in the vault that the journal does not list: a crash came between. */
async function adoptOrphans({ journal, stash }: SectionParts): Promise<void> {
  const { stashed } = await journal.state();
  const orphans = await stash.orphans(stashed);
  if (orphans.length === 0) return;
  await journal.note((state) => ({ ...state, stashed: [...state.stashed, ...orphans] }));
}

/**
 * Stint's sections that no journal lists, such as one that another program wrote back after the
 * stop. Only expired ones: the rest may be another Stint's.
 */
async function removeExpired(
  { journal, undoFolder }: SectionParts,
  { file, isActive, now }: SweepRequest,
): Promise<void> {
  const known = new Set((await journal.state()).written.map((row) => row.sessionId));
  const owns = (parsed: AwsFile) => (section: Section) => {
    const id = markerOf(parsed, section)?.sessionId;
    const expires = settingsIn(parsed, section).get('x_security_token_expires') ?? '';
    return id !== undefined && !isActive(id) && !known.has(id) && Date.parse(expires) < now;
  };
  try {
    await editFile({ file, undoFolder }, (text) => {
      if (text === undefined) return Promise.resolve(undefined);
      const parsed = parseAwsFileAt(file, text);
      const request = { profile: '', owns: owns(parsed), stashed: new Map<string, undefined>() };
      return Promise.resolve(planRemoval(parsed, request).text);
    });
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
  }
}
