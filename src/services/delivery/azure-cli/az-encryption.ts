import { lt } from 'semver';
import type { AzSettings } from './az-config.ts';

/**
 * From this version on, az may encrypt on every platform, unless its setting says no: its pull request
 * 33849 was open when version 2.89 came out.
 */
const encryptsEverywhere = '2.90.0';

/**
 * Which token cache az reads: the plain one, to which Stint writes, or an encrypted one, which Stint
 * cannot write. `fromShell`: the variable that az prefers to its setting. Sources: azure-cli-core,
 * `should_encrypt_token_cache` (util.py) and `build_persistence` (auth/persistence.py).
 */
export function cacheOf(
  { encrypts, encryptedCache, version }: AzSettings,
  fromShell: string | undefined,
  platform: NodeJS.Platform,
): 'plain' | 'encrypted' | 'perhaps' {
  const chosen = fromShell === undefined ? encrypts : /^(1|yes|true|on)$/i.test(fromShell);
  if (chosen !== undefined) return chosen ? 'encrypted' : 'plain';
  if (platform === 'win32') return 'encrypted';
  if (version !== undefined && lt(version, encryptsEverywhere)) return 'plain';
  if (encryptedCache === 'msal_token_cache.sig') return 'encrypted';
  if (version === undefined) return encryptedCache === undefined ? 'plain' : 'encrypted';
  // Without a Secret Service it falls back to the plain one.
  return platform === 'darwin' ? 'encrypted' : 'perhaps';
}
