import { existsSync } from 'node:fs';
import { posix, win32 } from 'node:path';

/** What finding a browser depends on, so that a test can cover every platform. */
export interface Machine {
  readonly platform: NodeJS.Platform;
  readonly env: NodeJS.ProcessEnv;
  readonly exists: (file: string) => boolean;
}

/** The browsers that Playwright can control over a pipe, by the names that Debian and others use. */
const commands = [
  'google-chrome',
  'google-chrome-stable',
  'chromium',
  'chromium-browser',
  'microsoft-edge',
  'microsoft-edge-stable',
];

const macApps = ['Google Chrome', 'Chromium', 'Microsoft Edge'];

const windowsPrograms = [
  ['Google', 'Chrome', 'Application', 'chrome.exe'],
  ['Chromium', 'Application', 'chrome.exe'],
  ['Microsoft', 'Edge', 'Application', 'msedge.exe'],
];

/** The full path of a Chrome, Chromium or Edge; `STINT_BROWSER` wins. Undefined if there is none. */
export function findBrowser(machine: Machine = thisMachine()): string | undefined {
  const { env, exists } = machine;
  const chosen = env['STINT_BROWSER'];
  if (chosen) return exists(chosen) ? chosen : undefined;
  return candidates(machine).find(exists);
}

function candidates({ platform, env }: Machine): readonly string[] {
  if (platform === 'darwin') {
    return ['/Applications', posix.join(env['HOME'] ?? '/', 'Applications')].flatMap((folder) =>
      macApps.map((app) => posix.join(folder, `${app}.app`, 'Contents', 'MacOS', app)),
    );
  }
  if (platform === 'win32') {
    return ['ProgramFiles', 'ProgramFiles(x86)', 'LocalAppData']
      .flatMap((name) => env[name] ?? [])
      .flatMap((folder) => windowsPrograms.map((program) => win32.join(folder, ...program)));
  }
  // A snap's browser comes last: it may not write into hidden folders, where our home lies.
  return [...(env['PATH'] ?? '').split(':'), '/usr/bin', '/opt/google/chrome', '/snap/bin']
    .filter((folder) => folder.startsWith('/'))
    .flatMap((folder) => commands.map((name) => posix.join(folder, name)));
}

function thisMachine(): Machine {
  return { platform: process.platform, env: process.env, exists: existsSync };
}
