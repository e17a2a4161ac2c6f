import type { AwsFileKind } from '../delivery.ts';
import { toLatin1 } from './file/latin1.ts';
import { fingerprintOf } from './file/own-settings.ts';
import type { AwsFile, Section } from './file/parse.ts';
import { markerOf, settingsIn } from './file/section.ts';

/** A profile in a file. */
export interface Location {
  readonly kind: AwsFileKind;
  readonly file: string;
  readonly profileName: string;
}

export function isAt({ kind, file, profileName }: Location): (row: Location) => boolean {
  return (row) => row.kind === kind && row.file === file && row.profileName === profileName;
}

/** Whether the section carries the session's mark. */
export function belongsTo(file: AwsFile, section: Section, sessionId: string): boolean {
  return markerOf(file, section)?.sessionId === sessionId && isOfKind(file, section);
}

/** Both kinds of sections are in one file where the settings name the same for both. */
function isOfKind(file: AwsFile, section: Section): boolean {
  const settings = settingsIn(file, section);
  const hasKeys = settings.has('aws_access_key_id');
  return file.kind === 'config' ? !hasKeys : hasKeys || !settings.has('credential_process');
}

/** A session that has a section under a profile. */
export interface Owner {
  readonly sessionId: string;
  /** Fingerprints of what is only in its section. */
  readonly keys: ReadonlySet<string>;
  /** Its other profiles in the file, in latin1. */
  readonly elsewhere?: ReadonlySet<string>;
}

/** The other profiles in the file, in latin1, that the journal's `rows` list for the session. */
export function elsewhereIn(
  rows: readonly (Location & { readonly sessionId: string })[],
  { kind, file, profileName }: Location,
  sessionId: string,
): ReadonlySet<string> {
  const others = rows.filter(
    (row) =>
      row.sessionId === sessionId &&
      row.kind === kind &&
      row.file === file &&
      row.profileName !== profileName,
  );
  return new Set(others.map((row) => toLatin1(row.profileName)));
}

/**
 * Recognises the session's sections: by their mark wherever they are, except under its other profiles, and by what is
 * only in them where another program dropped the comments. `profile` in latin1.
 */
export function ownedBy(
  file: AwsFile,
  profile: string,
  { sessionId, keys, elsewhere = new Set() }: Owner,
): (section: Section) => boolean {
  return (section) => {
    const marker = markerOf(file, section);
    // It stays when the session stops.
    if (marker?.published === true) return false;
    if (section.profiles.some((name) => elsewhere.has(name))) return false;
    if (marker !== undefined) return belongsTo(file, section, sessionId);
    if (keys.size === 0 || !section.profiles.includes(profile)) return false;
    const key = fingerprintOf(file.kind, settingsIn(file, section));
    return key !== undefined && keys.has(key);
  };
}
