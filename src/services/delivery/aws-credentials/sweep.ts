import { Problem } from '../../../models/problem.ts';
import type { AwsFileKind, Leftover } from '../delivery.ts';
import { editFile } from '../shared/user-file/edit-file.ts';
import { parseAwsFileAt, type AwsFile, type Section } from './file/parse.ts';
import { markerOf, settingsIn } from './file/section.ts';
import { isAt } from './ownership.ts';
import { editOf, type SectionParts } from './parts.ts';
import { planRemoval } from './remove-plan.ts';
import { distinct, type SectionRemover } from './remove.ts';

interface SweepRequest {
  readonly files: Readonly<Record<AwsFileKind, string>>;
  readonly isActive: (sessionId: string) => boolean;
  /** In milliseconds since 1970. */
  readonly now: number;
}

/**
 * Removes and restores everything of sessions that are not active, whatever left it there. Of an
 * active session only the last location counts: the journal lists it last.
 */
export async function sweepSections(
  parts: SectionParts,
  remover: SectionRemover,
  request: SweepRequest,
): Promise<readonly Leftover[]> {
  const { journal } = parts;
  const leftovers: Leftover[] = [];
  const rows = (await journal.state()).written;
  for (const row of rows) {
    const isLast = rows.findLast(({ sessionId }) => sessionId === row.sessionId) === row;
    if (!isLast || !request.isActive(row.sessionId)) {
      leftovers.push(...(await remover.removeAt(row, row.sessionId)));
    }
  }
  const { written, stashed } = await journal.state();
  const waiting = stashed.filter((row) => !written.some(isAt(row)));
  for (const location of distinct(waiting)) {
    const isReported = leftovers.some(
      ({ file, profileName }) => file === location.file && profileName === location.profileName,
    );
    if (!isReported) leftovers.push(...(await remover.removeAt(location, undefined)));
  }
  await removeUnknown(parts, 'credentials', request);
  await removeUnknown(parts, 'config', request);
  return leftovers;
}

/**
 * Stint's sections that no journal lists, such as one that another program wrote back after the
 * stop. Only expired ones and those that lead to this Stint: the rest may be another's.
 */
async function removeUnknown(
  parts: SectionParts,
  kind: AwsFileKind,
  { files, isActive, now }: SweepRequest,
): Promise<void> {
  const file = files[kind];
  const known = new Set((await parts.journal.state()).written.map((row) => row.sessionId));
  const owns = (parsed: AwsFile) => (section: Section) => {
    const { sessionId: id, published } = markerOf(parsed, section) ?? {};
    if (id === undefined || published === true || isActive(id) || known.has(id)) return false;
    const settings = settingsIn(parsed, section);
    return kind === 'credentials'
      ? Date.parse(settings.get('x_security_token_expires') ?? '') < now
      : settings.get('credential_process') === parts.processLine(id);
  };
  try {
    await editFile(editOf(parts, file), (bytes) => {
      if (bytes === undefined) return Promise.resolve(undefined);
      const parsed = parseAwsFileAt(file, bytes, kind);
      const stashed = new Map<string, undefined>();
      const plan = planRemoval(parsed, { profile: '', header: '', owns: owns(parsed), stashed });
      return Promise.resolve(plan.text);
    });
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
  }
}
