import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** What the tests run besides Node, and the Debian package that brings it. */
const needed: readonly {
  readonly what: string;
  readonly package: string;
  readonly there: () => boolean;
}[] = [
  { what: 'dbus-run-session', package: 'dbus', there: () => runs('dbus-run-session', '--version') },
  {
    what: 'gnome-keyring-daemon (a real Secret Service)',
    package: 'gnome-keyring',
    there: () => runs('gnome-keyring-daemon', '--version'),
  },
  {
    what: 'libsecret-1.so.0',
    package: 'libsecret-1-0',
    there: () => /libsecret-1\.so\.0/.test(output('/sbin/ldconfig', '-p')),
  },
  { what: 'chromium', package: 'chromium', there: () => runs('chromium', '--version') },
  { what: 'Xvfb (a display)', package: 'xvfb', there: () => runs('Xvfb', '-help') },
  { what: 'openssl', package: 'openssl', there: () => runs('openssl', 'version') },
  { what: 'aws (the AWS CLI)', package: 'awscli', there: () => runs('aws', '--version') },
  { what: 'az (the Azure CLI)', package: 'azure-cli', there: () => onPath('az') },
];

/**
 * Makes sure everything is there: as root or in CI the Debian packages that are missing get
 * installed, elsewhere they are named. Returns what is still missing, as sentences.
 */
export function ensurePrerequisites(): readonly string[] {
  const missing = needed.filter(({ there }) => !there());
  if (missing.length === 0) return [];
  const packages = missing.map((one) => one.package);
  if (process.getuid?.() === 0 && runs('apt-get', '--version')) {
    console.log(`installing ${packages.join(' ')}`);
    install(packages);
  }
  return needed
    .filter(({ there }) => !there())
    .map((one) => `${one.what} is missing: sudo apt-get install ${one.package}`);
}

function install(packages: readonly string[]): void {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  for (const args of [['update'], ['install', '-y', '--no-install-recommends', ...packages]]) {
    execFileSync('apt-get', ['-qq', ...args], { env, stdio: ['ignore', 'ignore', 'inherit'] });
  }
}

/** For what takes seconds to say its version, or makes folders in the home for that. */
function onPath(command: string): boolean {
  return (process.env['PATH'] ?? '')
    .split(delimiter)
    .some((folder) => existsSync(join(folder, command)));
}

function runs(command: string, argument: string): boolean {
  return spawnSync(command, [argument], { stdio: 'ignore' }).status === 0;
}

function output(command: string, argument: string): string {
  return spawnSync(command, [argument], { encoding: 'utf8' }).stdout;
}
