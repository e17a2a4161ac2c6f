import { Problem } from '../../../models/problem.ts';
import type { AwsFileKind } from '../delivery.ts';
import { locate, readUserBytes } from '../shared/user-file/locate.ts';
import { fromLatin1 } from './file/latin1.ts';
import { fingerprintOf } from './file/own-settings.ts';
import { parseAwsFileAt } from './file/parse.ts';
import { markerOf, settingsIn, type Marker } from './file/section.ts';
import type { SectionRow } from './journal.ts';
import { belongsTo } from './ownership.ts';
import type { SectionParts } from './parts.ts';

/**
 * Lists in the journal what it does not, as after damage to it: stashes in the vault, and sections that name an active
 * session or such a stash. The rest may be another Stint's.
 */
export async function adoptUnlisted(
  { journal, stash }: SectionParts,
  files: Readonly<Record<AwsFileKind, string>>,
  isActive: (sessionId: string) => boolean,
): Promise<void> {
  const { written, stashed } = await journal.state();
  const orphans = await stash.orphans(stashed);
  const listed = new Set(written.map(({ sessionId }) => sessionId));
  const stashes = new Set([...stashed, ...orphans].map(({ id }) => id));
  const isOurs = ({ sessionId, replaces }: Marker) =>
    !listed.has(sessionId) &&
    (isActive(sessionId) || (replaces !== undefined && stashes.has(replaces.stashId)));
  const rows = [
    ...(await rowsIn(files.credentials, 'credentials', isOurs)),
    ...(await rowsIn(files.config, 'config', isOurs)),
  ];
  if (rows.length === 0 && orphans.length === 0) return;
  await journal.note((state) => ({
    ...state,
    written: [...state.written, ...rows],
    stashed: [...state.stashed, ...orphans],
  }));
}

/** None where the file cannot be read. */
async function rowsIn(
  file: string,
  kind: AwsFileKind,
  isOurs: (marker: Marker) => boolean,
): Promise<readonly SectionRow[]> {
  try {
    const parsed = parseAwsFileAt(file, (await readUserBytes(await locate(file))) ?? '', kind);
    return parsed.sections.flatMap((section) => {
      const marker = markerOf(parsed, section);
      const [profile] = section.profiles;
      if (marker === undefined || marker.published === true || profile === undefined) return [];
      const { sessionId } = marker;
      if (!isOurs(marker) || !belongsTo(parsed, section, sessionId)) return [];
      const key = fingerprintOf(kind, settingsIn(parsed, section));
      const keys = key === undefined ? [] : [key];
      return { sessionId, kind, file, profileName: fromLatin1(profile), keys };
    });
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return [];
  }
}
