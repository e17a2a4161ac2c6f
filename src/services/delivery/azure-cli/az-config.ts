import { join } from 'node:path';
import { Problem } from '../../../models/problem.ts';
import { parseAwsFile, type AwsFile } from '../aws-credentials/file/parse.ts';
import { settingsIn } from '../aws-credentials/file/section.ts';
import { exists } from '../shared/user-file/exists.ts';
import { locate, readUserFile } from '../shared/user-file/locate.ts';
import { FileSyntaxError } from '../shared/user-file/syntax-error.ts';

/** The Azure CLI's own settings that decide whether it sees a session. */
export interface AzSettings {
  /** The cloud it uses: `az cloud set`. */
  readonly cloudName: string;
  /** `core.encrypt_token_cache`, if it is set. */
  readonly encrypts?: boolean;
  /** Whether the folder has an encrypted token cache. */
  readonly hasEncryptedCache: boolean;
}

/** Reads the settings of a folder; a file that cannot be read counts as empty. */
export async function azSettings(folder: string): Promise<AzSettings> {
  const config = await readConfig(join(folder, 'config'));
  const encrypts = settingIn(config, 'core', 'encrypt_token_cache');
  return {
    cloudName: settingIn(config, 'cloud', 'name') ?? 'AzureCloud',
    ...(encrypts === undefined ? {} : { encrypts: /^(1|yes|true|on)$/i.test(encrypts) }),
    // `.bin` with DPAPI on Windows; `.sig` means a keychain or Secret Service (persistence.py).
    hasEncryptedCache:
      (await exists(join(folder, 'msal_token_cache.bin'))) ||
      (await exists(join(folder, 'msal_token_cache.sig'))),
  };
}

/** Python's configparser reads it, as botocore reads the AWS files. */
async function readConfig(file: string): Promise<AwsFile | undefined> {
  try {
    const text = await readUserFile(await locate(file));
    return text === undefined ? undefined : parseAwsFile(text);
  } catch (error) {
    if (error instanceof Problem || error instanceof FileSyntaxError) return undefined;
    throw error;
  }
}

function settingIn(file: AwsFile | undefined, section: string, key: string): string | undefined {
  const found = file?.sections.findLast(({ names }) => names.includes(section));
  return file && found && settingsIn(file, found).get(key);
}
