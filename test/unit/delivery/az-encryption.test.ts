import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { azSettings } from '../../../src/services/delivery/azure-cli/az-config.ts';
import { cacheOf } from '../../../src/services/delivery/azure-cli/az-encryption.ts';

/** A folder of az: the version that made its command index, its settings, a file of its cache. */
async function folder(had: {
  version?: string;
  setting?: boolean;
  cache?: 'bin' | 'sig' | 'json';
}) {
  const path = await mkdtemp(join(tmpdir(), 'stint-az-'));
  onTestFinished(() => rm(path, { recursive: true, force: true }));
  const write = (name: string, text: string) => writeFile(join(path, name), text);
  if (had.version !== undefined) {
    await write('commandIndex.json', `\ufeff${JSON.stringify({ version: had.version })}`);
  }
  if (had.setting !== undefined) {
    await write('config', `[core]\nencrypt_token_cache = ${String(had.setting)}\n`);
  }
  if (had.cache !== undefined) await write(`msal_token_cache.${had.cache}`, '{}');
  return await azSettings(path);
}

it.each([
  // 2.45, as Debian has it: Windows alone, or where the setting says so.
  ['plain', 'linux', { version: '2.45.0' }],
  ['plain', 'darwin', { version: '2.45.0', cache: 'bin' }],
  ['encrypted', 'win32', { version: '2.45.0' }],
  ['encrypted', 'linux', { version: '2.45.0', setting: true }],
  ['plain', 'win32', { version: '2.45.0', setting: false }],
  // A version that encrypts everywhere: on Linux only with a Secret Service.
  ['encrypted', 'darwin', { version: '2.91.0' }],
  ['perhaps', 'linux', { version: '2.91.0', cache: 'json' }],
  ['encrypted', 'linux', { version: '2.91.0', cache: 'sig' }],
  ['plain', 'linux', { version: '2.91.0', cache: 'sig', setting: false }],
  // Nobody knows which az it is.
  ['plain', 'linux', {}],
  ['encrypted', 'linux', { cache: 'sig' }],
  ['encrypted', 'darwin', { cache: 'bin' }],
] as const)('az reads the %s cache on %s with %j', async (expected, platform, had) => {
  expect(cacheOf(await folder(had), undefined, platform)).toBe(expected);
});

it('the variable of the shell wins over the setting', async () => {
  const settings = await folder({ version: '2.45.0', setting: true });
  expect(cacheOf(settings, 'false', 'linux')).toBe('plain');
  expect(cacheOf(await folder({ setting: false }), 'on', 'linux')).toBe('encrypted');
});
