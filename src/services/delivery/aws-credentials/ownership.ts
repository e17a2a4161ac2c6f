import type { AwsFile, Section } from './file/parse.ts';
import { fingerprint, markerOf, settingsIn } from './file/section.ts';

/** A profile in a file. */
export interface Location {
  readonly file: string;
  readonly profileName: string;
}

export function isAt({ file, profileName }: Location): (row: Location) => boolean {
  return (row) => row.file === file && row.profileName === profileName;
}

/** Whether the section carries the session's mark. */
export function belongsTo(file: AwsFile, section: Section, sessionId: string): boolean {
  return markerOf(file, section)?.sessionId === sessionId;
}

/**
 * Recognises the session's sections: by their mark wherever they are, and by the access key
 * (`keys`: fingerprints) where another program dropped the comments. `profile` in latin1.
 */
export function ownedBy(
  file: AwsFile,
  profile: string,
  sessionId: string,
  keys: ReadonlySet<string>,
): (section: Section) => boolean {
  return (section) => {
    const marker = markerOf(file, section);
    if (marker !== undefined) return marker.sessionId === sessionId;
    const accessKeyId = settingsIn(file, section).get('aws_access_key_id');
    return (
      section.names.includes(profile) &&
      accessKeyId !== undefined &&
      keys.has(fingerprint(accessKeyId))
    );
  };
}
