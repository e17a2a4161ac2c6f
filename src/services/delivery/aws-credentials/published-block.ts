import { Problem } from '../../../models/problem.ts';
import type { PublishedProfile } from '../published-profiles.ts';
import { locate, readUserFile } from '../shared/user-file/locate.ts';
import { fromLatin1 } from './file/latin1.ts';
import { endpointKey } from './file/own-settings.ts';
import { parseAwsFileAt } from './file/parse.ts';
import { markerOf, settingsIn } from './file/section.ts';

/**
 * The profiles in the block of `file` that lead to this Stint, for a list of them that was damaged. None where the file
 * cannot be read.
 */
export async function rowsOfBlock(
  file: string,
  processLine: (sessionId: string) => string,
): Promise<readonly PublishedProfile[]> {
  try {
    const text = (await readUserFile(await locate(file))) ?? '';
    const parsed = parseAwsFileAt(file, text, 'config');
    return parsed.sections.flatMap((section) => {
      const { sessionId, published, endpoint } = markerOf(parsed, section) ?? {};
      const settings = settingsIn(parsed, section);
      const [profile] = section.profiles;
      const region = settings.get('region');
      if (sessionId === undefined || published !== true || profile === undefined) return [];
      if (region === undefined || settings.get('credential_process') !== processLine(sessionId)) {
        return [];
      }
      const endpointUrl = endpoint === true ? settings.get(endpointKey) : undefined;
      return {
        sessionId,
        profileName: fromLatin1(profile),
        file,
        region,
        ...(endpointUrl === undefined ? {} : { endpointUrl }),
      };
    });
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return [];
  }
}
