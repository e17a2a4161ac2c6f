import type { AwsCredentials } from '../../../models/credentials.ts';
import type { ProfileTarget } from '../delivery.ts';
import type { AwsFile } from './file/parse.ts';
import { profileInFile } from './file/profile-name.ts';
import { fingerprint, ownSettings, settingsIn } from './file/section.ts';
import { belongsTo, ownedBy } from './ownership.ts';

/** Whether the session's section is in the file and unchanged. */
export function checkSection(
  file: AwsFile,
  target: ProfileTarget,
  credentials: AwsCredentials,
): 'intact' | 'missing' | 'altered' {
  const profile = profileInFile(target.profileName);
  const keys = new Set([fingerprint(credentials.accessKeyId)]);
  const owns = ownedBy(file, profile, target.sessionId, keys);
  const [ours, copy] = file.sections.filter(owns);
  if (ours === undefined) return 'missing';
  const settings = settingsIn(file, ours);
  const isIntact =
    copy === undefined &&
    ours.names.includes(profile) &&
    belongsTo(file, ours, target.sessionId) &&
    ownSettings(credentials, target.region).every(([key, value]) => settings.get(key) === value);
  return isIntact ? 'intact' : 'altered';
}
