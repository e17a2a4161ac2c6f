import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Settings } from '../../../src/models/settings.ts';
import { systemClock, type Clock } from '../../../src/services/clock/clock.ts';
import { prepareHome, type HomePaths } from '../../../src/services/files/home.ts';
import {
  openWorkspace,
  type WorkspaceStore,
} from '../../../src/services/workspace/workspace-store.ts';
import { defaultSettings } from './scratch-workspace-values.ts';

export { defaultSettings, iamUser } from './scratch-workspace-values.ts';

export interface ScratchWorkspace {
  readonly folder: string;
  readonly paths: HomePaths;
  open(options?: {
    readonly settings?: Settings;
    readonly environmentWins?: boolean;
    readonly clock?: Clock;
  }): Promise<WorkspaceStore>;
  text(): Promise<string>;
  json(): Promise<{ sessions: Record<string, unknown>[]; settings: Record<string, unknown> }>;
  write(content: string | Uint8Array): Promise<void>;
  /** Names of everything in the home folder that begins with `prefix`. */
  names(prefix: string): Promise<string[]>;
  backups(): Promise<string[]>;
}

export async function scratchWorkspace(): Promise<ScratchWorkspace> {
  const folder = await mkdtemp(join(tmpdir(), 'stint-workspace-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return await scratchWorkspaceIn(folder);
}

export async function scratchWorkspaceIn(folder: string): Promise<ScratchWorkspace> {
  const paths = await prepareHome(join(folder, 'home'));
  return {
    folder,
    paths,
    open: ({ settings = defaultSettings, environmentWins = false, clock = systemClock } = {}) =>
      openWorkspace({ paths, defaultSettings: settings, environmentWins, clock }),
    text: () => readFile(paths.workspace, 'utf8'),
    json: async () =>
      JSON.parse(await readFile(paths.workspace, 'utf8')) as Awaited<
        ReturnType<ScratchWorkspace['json']>
      >,
    write: (content) => writeFile(paths.workspace, content),
    names: async (prefix) =>
      (await readdir(paths.home)).filter((name) => name.startsWith(prefix)).sort(),
    backups: async () => (await readdir(paths.backups)).sort(),
  };
}
