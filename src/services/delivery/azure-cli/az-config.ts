import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
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
  /** What says that az has kept tokens encrypted: the cache itself, or a sign of one elsewhere. */
  readonly encryptedCache?: 'msal_token_cache.bin' | 'msal_token_cache.sig';
  /** Of the az that last ran with the folder. */
  readonly version?: string;
}

/** Reads the settings of a folder; a file that cannot be read counts as empty. */
export async function azSettings(folder: string): Promise<AzSettings> {
  const config = await readConfig(join(folder, 'config'));
  const encrypts = settingIn(config, 'core', 'encrypt_token_cache');
  return {
    cloudName: settingIn(config, 'cloud', 'name') ?? 'AzureCloud',
    ...(encrypts === undefined ? {} : { encrypts: /^(1|yes|true|on)$/i.test(encrypts) }),
    ...(await encryptedCache(folder)),
    ...(await azVersion(folder)),
  };
}

/**
 * `.bin` is the cache itself on Windows, and in older versions the sign of one in a keychain or
 * Secret Service; newer ones name that `.sig` (azure-cli-core, `auth/persistence.py`).
 */
async function encryptedCache(folder: string): Promise<Pick<AzSettings, 'encryptedCache'>> {
  for (const encryptedCache of ['msal_token_cache.sig', 'msal_token_cache.bin'] as const) {
    if (await exists(join(folder, encryptedCache))) return { encryptedCache };
  }
  return {};
}

const commandIndexSchema = z.object({ version: z.string().regex(/^\d+\.\d+\.\d+/) });

/** az writes its version into its command index, and a new index when the version is another one. */
async function azVersion(folder: string): Promise<Pick<AzSettings, 'version'>> {
  const text = await readFile(join(folder, 'commandIndex.json'), 'utf8').catch(() => '');
  try {
    return commandIndexSchema.parse(JSON.parse(text.replace(/^\ufeff/, '')));
  } catch {
    return {};
  }
}

/** Python's configparser reads it, as botocore reads the AWS files. */
async function readConfig(file: string): Promise<AwsFile | undefined> {
  try {
    const text = await readUserFile(await locate(file));
    return text === undefined ? undefined : parseAwsFile(text, 'credentials');
  } catch (error) {
    if (error instanceof Problem || error instanceof FileSyntaxError) return undefined;
    throw error;
  }
}

function settingIn(file: AwsFile | undefined, section: string, key: string): string | undefined {
  const found = file?.sections.findLast(({ names }) => names.includes(section));
  return file && found && settingsIn(file, found).get(key);
}
