import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { findBrowser } from '../../src/services/sign-in/find-browser.ts';

/** Something that the tests run besides Node: needed on the systems for which it says where to get it. */
export interface Prerequisite {
  readonly what: string;
  /** The Debian package. */
  readonly linux?: string;
  /** The command that installs it. */
  readonly darwin?: string;
  readonly win32?: string;
  readonly there: () => boolean;
}

/** macOS brings zsh, tcsh and curl; Windows brings curl. */
export const prerequisites: readonly Prerequisite[] = [
  { what: 'dbus-run-session', linux: 'dbus', there: () => runs('dbus-run-session', '--version') },
  {
    what: 'gnome-keyring-daemon (a real Secret Service)',
    linux: 'gnome-keyring',
    there: () => runs('gnome-keyring-daemon', '--version'),
  },
  {
    what: 'libsecret-1.so.0',
    linux: 'libsecret-1-0',
    there: () => /libsecret-1\.so\.0/.test(output('/sbin/ldconfig', '-p')),
  },
  {
    what: 'Chromium, Chrome or Edge',
    linux: 'chromium',
    darwin: 'brew install --cask chromium',
    win32: 'winget install Google.Chrome',
    there: () => findBrowser() !== undefined,
  },
  { what: 'Xvfb (a display)', linux: 'xvfb', there: () => runs('Xvfb', '-help') },
  { what: 'zsh', linux: 'zsh', there: () => onPath('zsh') },
  { what: 'fish', linux: 'fish', darwin: 'brew install fish', there: () => onPath('fish') },
  { what: 'tcsh', linux: 'tcsh', there: () => onPath('tcsh') },
  {
    what: 'openssl',
    linux: 'openssl',
    darwin: 'brew install openssl',
    win32: 'winget install ShiningLight.OpenSSL.Light',
    there: () => runs('openssl', 'version'),
  },
  {
    what: 'aws (the AWS CLI)',
    linux: 'awscli',
    darwin: 'brew install awscli',
    win32: 'winget install Amazon.AWSCLI',
    there: () => onPath('aws'),
  },
  { what: 'curl', linux: 'curl', there: () => onPath('curl') },
  {
    what: 'requests for Python',
    linux: 'python3-requests',
    darwin: 'python3 -m pip install requests',
    win32: 'python3 -m pip install requests',
    there: () => runs('python3', '-cimport requests'),
  },
  {
    what: 'az (the Azure CLI)',
    linux: 'azure-cli',
    darwin: 'brew install azure-cli',
    win32: 'winget install Microsoft.AzureCLI',
    there: () => onPath('az'),
  },
];

/** Tests of the window prefer it to Chromium, which takes twice as much of the processor. */
const lighterBrowser = 'chromium-headless-shell';

/**
 * Makes sure everything is there: as root or in CI the Debian packages that are missing get
 * installed, elsewhere they are named. Returns what is still missing, as sentences.
 */
export function ensurePrerequisites(): readonly string[] {
  if (process.platform === 'linux' && process.getuid?.() === 0 && runs('apt-get', '--version')) {
    const packages = prerequisites
      .filter(({ there }) => !there())
      .flatMap(({ linux }) => linux ?? []);
    if (packages.length > 0) install(packages);
    if (!onPath(lighterBrowser)) installIfThere(lighterBrowser);
  }
  return missingSentences(process.platform);
}

/** What the tests need on `platform` and is missing, and how to install it. */
export function missingSentences(
  platform: NodeJS.Platform,
  needed: readonly Prerequisite[] = prerequisites,
): readonly string[] {
  return needed.flatMap((one) => {
    const command = installOf(one, platform);
    return command === undefined || one.there() ? [] : [`${one.what} is missing: ${command}`];
  });
}

/** Other systems are like Linux to the tests. */
function installOf(one: Prerequisite, platform: NodeJS.Platform): string | undefined {
  if (platform === 'darwin' || platform === 'win32') return one[platform];
  return one.linux === undefined ? undefined : `sudo apt-get install ${one.linux}`;
}

function install(packages: readonly string[]): void {
  console.log(`installing ${packages.join(' ')}`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  for (const args of [['update'], ['install', '-y', '--no-install-recommends', ...packages]]) {
    execFileSync('apt-get', ['-qq', ...args], { env, stdio: ['ignore', 'ignore', 'inherit'] });
  }
}

/** Not every release of Debian has it. */
function installIfThere(name: string): void {
  const args = ['-qq', 'install', '-y', '--no-install-recommends', name];
  spawnSync('apt-get', args, { stdio: 'ignore' });
}

/**
 * Whether the shell would find the program: for what takes seconds to say its version, or makes folders in
 * the home for that.
 */
export function onPath(command: string): boolean {
  const names = process.platform === 'win32' ? [`${command}.exe`, `${command}.cmd`] : [command];
  return (process.env['PATH'] ?? '')
    .split(delimiter)
    .some((folder) => names.some((name) => existsSync(join(folder, name))));
}

function runs(command: string, argument: string): boolean {
  return spawnSync(command, [argument], { stdio: 'ignore' }).status === 0;
}

function output(command: string, argument: string): string {
  return spawnSync(command, [argument], { encoding: 'utf8' }).stdout;
}
