import type { ProfileTarget } from '../delivery.ts';
import type { AwsFile } from './file/parse.ts';
import { fingerprintOf, type OwnSettings } from './file/own-settings.ts';
import { profileInFile } from './file/profile-header.ts';
import { markerOf, settingsIn } from './file/section.ts';
import { belongsTo, ownedBy } from './ownership.ts';

/** Whether the session's section is in the file and unchanged. */
export function checkSection(
  file: AwsFile,
  target: ProfileTarget,
  wanted: OwnSettings,
): 'intact' | 'missing' | 'altered' {
  const profile = profileInFile(target.profileName, file.kind);
  const keys = new Set([fingerprintOf(file.kind, wanted) ?? '']);
  const owns = ownedBy(file, profile, { sessionId: target.sessionId, keys });
  const [ours, copy] = file.sections.filter(
    (section) =>
      owns(section) ||
      (section.profiles.includes(profile) && markerOf(file, section)?.published === true),
  );
  if (ours === undefined) return 'missing';
  const settings = settingsIn(file, ours);
  const isIntact =
    copy === undefined &&
    ours.profiles.includes(profile) &&
    belongsTo(file, ours, target.sessionId) &&
    wanted.every(([key, value]) => settings.get(key) === value);
  return isIntact ? 'intact' : 'altered';
}
