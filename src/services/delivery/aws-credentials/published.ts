import { Problem } from '../../../models/problem.ts';
import type { PublishedProfile } from '../published-profiles.ts';
import { toLatin1 } from './file/latin1.ts';
import { processSettings } from './file/own-settings.ts';
import type { AwsFile, Section } from './file/parse.ts';
import { headerOf, profileInFile } from './file/profile-header.ts';
import { markerOf, settingsIn } from './file/section.ts';
import type { SectionRow } from './journal.ts';
import type { SectionParts } from './parts.ts';
import type { BlockProfile, BlockRequest } from './publish-plan.ts';
import type { PublishedJournal } from './published-journal.ts';

/** None where the list cannot be read now: nothing is removed then, either. */
export async function publishedRows({
  published,
}: Pick<SectionParts, 'published'>): Promise<readonly PublishedProfile[]> {
  return (await readable(published)) ?? [];
}

/** Whether a section is a published profile of this Stint, rather than of another one's home. */
export async function ownsPublished(
  parts: SectionParts,
): Promise<(file: AwsFile, section: Section) => boolean> {
  return ownedPublished(parts, await publishedRows(parts), []);
}

/**
 * What makes the block in `file` like the list; undefined where the list cannot be read. `isEnding`:
 * the rows of a run that ends.
 */
export async function blockRequest(
  parts: SectionParts,
  file: string,
  isEnding: (row: SectionRow) => boolean = () => false,
): Promise<BlockRequest | undefined> {
  const rows = await readable(parts.published);
  return rows && (await requestFor(parts, { rows, file, isEnding }));
}

/** The same for a list that is not the present one. */
export async function requestFor(
  parts: SectionParts,
  {
    rows,
    file,
    isEnding = () => false,
  }: {
    readonly rows: readonly PublishedProfile[];
    readonly file: string;
    readonly isEnding?: (row: SectionRow) => boolean;
  },
): Promise<BlockRequest> {
  const { written, stashed } = await parts.journal.state();
  const isHere = (row: Pick<SectionRow, 'kind' | 'file'>) =>
    row.kind === 'config' && row.file === file;
  const here = written.filter(isHere);
  // The user's own, which can only come back while nothing else has its name.
  const awaited = new Set(stashed.filter(isHere).map(({ profileName }) => profileName));
  const before = await publishedRows(parts);
  return {
    wanted: rows
      .filter((one) => one.file === file && !awaited.has(one.profileName))
      .flatMap((one) => blockProfile(parts, one) ?? []),
    owns: ownedPublished(parts, [...before, ...rows], here),
    held: new Set(
      here.filter((one) => !isEnding(one)).map(({ profileName }) => toLatin1(profileName)),
    ),
  };
}

async function readable(journal: PublishedJournal) {
  try {
    await journal.open();
    return (await journal.state()).written;
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return undefined;
  }
}

function ownedPublished(
  parts: Pick<SectionParts, 'processLine'>,
  rows: readonly PublishedProfile[],
  delivered: readonly SectionRow[],
): (file: AwsFile, section: Section) => boolean {
  const known = new Set([...rows, ...delivered].map(({ sessionId }) => sessionId));
  return (file, section) => {
    const runs = (sessionId: string) => {
      const line = lineOf(parts, sessionId);
      return line !== undefined && settingsIn(file, section).get('credential_process') === line;
    };
    const marker = markerOf(file, section);
    if (marker !== undefined) {
      const { sessionId, published = false } = marker;
      return published && (known.has(sessionId) || runs(sessionId));
    }
    // Another program dropped the comments.
    return rows.some(
      ({ sessionId, profileName }) =>
        section.profiles.includes(toLatin1(profileName)) && runs(sessionId),
    );
  };
}

function blockProfile(
  parts: Pick<SectionParts, 'processLine'>,
  { sessionId, profileName, region, endpointUrl }: PublishedProfile,
): BlockProfile | undefined {
  const line = lineOf(parts, sessionId);
  if (line === undefined) return undefined;
  return {
    profile: profileInFile(profileName, 'config'),
    header: headerOf(profileName, 'config'),
    sessionId,
    settings: processSettings(line, { region, endpointUrl }),
  };
}

/** Undefined where Stint is in a folder that not every SDK can read in a config file. */
function lineOf({ processLine }: Pick<SectionParts, 'processLine'>, id: string) {
  try {
    return processLine(id);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return undefined;
  }
}
