import { chmod } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { IdentityProvider } from '../../models/identity-provider.ts';
import type { ImportRecord } from '../../models/import.ts';
import type { Integration } from '../../models/integration.ts';
import { Problem } from '../../models/problem.ts';
import type { Session } from '../../models/session.ts';
import type { Settings } from '../../models/settings.ts';
import { workspaceVersion, type BrokenSession } from '../../models/workspace.ts';
import type { Clock } from '../clock/clock.ts';
import { Mutex } from '../concurrency/mutex.ts';
import type { HomePaths } from '../files/home.ts';
import { keepBackup, keepSaved, listBackups, newestGoodBackup, setAside } from './backups.ts';
import { readStamped, replaceFile, sameStamp, stampOf, unwritable } from '../files/private-file.ts';
import { identityProviders, integrations } from './collection.ts';
import { withRunsOf } from './outside-changes.ts';
import { readDocument, writeDocument } from './workspace-document.ts';
import {
  changeState,
  stateOf,
  type WorkspaceChange,
  type WorkspaceState,
} from './workspace-state.ts';
import { changedSettings, readSettings, withEnvironmentOf } from './workspace-settings.ts';

/** Everything the user set up, kept in one file. */
export interface WorkspaceStore {
  sessions(): readonly Session[];
  session(sessionId: string): Session | undefined;
  /** Entries of the file that could not be read; they stay unchanged in it. */
  broken(): readonly BrokenSession[];
  integrations(): readonly Integration[];
  identityProviders(): readonly IdentityProvider[];
  /** What imports made, oldest first. */
  imports(): readonly ImportRecord[];
  settings(): Settings;
  /** Messages for the user about damage, and about changes made to the file by others. */
  notices(): readonly string[];
  /**
   * Puts and removes sessions, integrations, identity providers and settings in one atomic write,
   * applied to the current content of the file. Throws Problem 'file-unwritable', 'workspace-newer' or 'file-unreadable', and then neither
   * memory nor file has changed.
   */
  save(change: SaveRequest): Promise<void>;
  /**
   * Takes what somebody else wrote into the file since it was last read or saved, and resolves to whether
   * there was something. Never rejects: a file that cannot be used now, as half of one that is being
   * written, waits for the next save, which says so.
   */
  refresh(): Promise<boolean>;
}

export interface SaveRequest extends WorkspaceChange {
  /** Whether the set-up changes, not only the state of a run: backups keep the versions before and after. */
  readonly keepBackup: boolean;
}

export interface WorkspaceOptions {
  readonly paths: Pick<HomePaths, 'workspace' | 'backups'>;
  /** The settings of a new workspace: file locations and endpoints of the environment. */
  readonly defaultSettings: Settings;
  /** `STINT_HOME` is set: the locations of the environment count each time it is opened. */
  readonly environmentWins: boolean;
  readonly clock: Clock;
}

/**
 * Opens the workspace, or makes one. Throws Problem 'workspace-newer',
 * 'file-unreadable' (JSON that is not a workspace) or 'file-unwritable' (a new one cannot be made).
 */
export async function openWorkspace(options: WorkspaceOptions): Promise<WorkspaceStore> {
  const store = new FileWorkspaceStore(options);
  await store.open();
  return store;
}

/** How often to try while another program keeps changing the file. */
const attempts = 5;

class FileWorkspaceStore implements WorkspaceStore {
  readonly #options: WorkspaceOptions;
  readonly #notices: string[] = [];
  #state: WorkspaceState;
  readonly #saves = new Mutex();
  /** Saves that were begun, and those that have not ended. */
  readonly #begun = { saves: 0, open: 0 };

  constructor(options: WorkspaceOptions) {
    this.#options = options;
    this.#state = stateOf(
      { version: workspaceVersion, sessions: [], settings: options.defaultSettings },
      options.defaultSettings,
      undefined,
    );
  }

  sessions(): readonly Session[] {
    return [...this.#state.byId.values()];
  }

  session(sessionId: string): Session | undefined {
    return this.#state.byId.get(sessionId);
  }

  broken(): readonly BrokenSession[] {
    return this.#state.entries.flatMap(({ broken }) => broken ?? []);
  }

  integrations(): readonly Integration[] {
    return this.#state.integrations;
  }

  identityProviders(): readonly IdentityProvider[] {
    return this.#state.identityProviders;
  }

  imports(): readonly ImportRecord[] {
    return this.#state.imports;
  }

  settings(): Settings {
    return this.#state.settings;
  }

  notices(): readonly string[] {
    return this.#notices;
  }

  async open(): Promise<void> {
    const { paths, defaultSettings, environmentWins } = this.#options;
    const loaded = await this.#load(undefined);
    if (loaded) this.#state = loaded;
    else {
      if ((await listBackups(paths.backups)).length > 0) {
        this.#notices.push(
          `${paths.workspace} did not exist, so Stint made a new one. Earlier versions are in ${paths.backups}.`,
        );
      }
      const stamp = await replaceFile(paths.workspace, writeDocument(this.#state.document));
      this.#state = { ...this.#state, stamp };
    }
    if (environmentWins) {
      const settings = withEnvironmentOf(this.#state.settings, defaultSettings);
      this.#state = { ...this.#state, settings };
    }
    await chmod(paths.workspace, 0o600).catch(() => undefined);
  }

  async save(request: SaveRequest): Promise<void> {
    this.#begun.saves += 1;
    this.#begun.open += 1;
    try {
      await this.#saves.run(() => this.#save(request));
    } finally {
      this.#begun.open -= 1;
    }
  }

  async refresh(): Promise<boolean> {
    const { workspace } = this.#options.paths;
    const { saves, open } = this.#begun;
    // A save reads the file itself, and what it writes was made of what is in memory now.
    if (open > 0) return false;
    try {
      if (sameStamp(await stampOf(workspace), this.#state.stamp)) return false;
      const file = await readStamped(workspace);
      if (file === undefined || this.#begun.saves !== saves) return false;
      if (sameStamp(file.stamp, this.#state.stamp)) return false;
      const read = readDocument(file.bytes, workspace);
      if (read.kind !== 'document') return false;
      const seen = this.#state;
      const state = withRunsOf(seen, this.#understand(read.document, file.stamp, seen));
      if (state === undefined) return false;
      this.#state = state;
      return true;
    } catch (error) {
      if (error instanceof Problem) return false;
      throw error;
    }
  }

  async #save(request: SaveRequest): Promise<void> {
    const { paths, clock } = this.#options;
    for (let attempt = 1; attempt <= attempts; attempt += 1) {
      const seen = this.#state;
      const current = await this.#currentState(seen);
      const { state, overruled } = changeState(seen, current, request);
      if (hasGoodFile(current) && (request.keepBackup || overruled.length > 0)) {
        const backup = await keepBackup(paths.backups, paths.workspace, clock.now()).catch(
          (cause: unknown) => {
            throw unwritable(paths.backups, cause as NodeJS.ErrnoException);
          },
        );
        for (const name of overruled) this.#notices.push(overruledNotice(paths, name, backup));
      }
      const content = writeDocument(state.document);
      const stamp = await replaceFile(paths.workspace, content, { from: current.stamp });
      if (stamp) {
        this.#state = { ...state, stamp };
        if (request.keepBackup) await keepSaved(paths.backups, content, clock.now());
        return;
      }
    }
    throw new Problem('file-unwritable', {
      detail: `Another program keeps changing ${paths.workspace}.`,
      next: 'Stop the other program and try again.',
    });
  }

  /** The current content of the file: read again if it changed. */
  async #currentState(seen: WorkspaceState): Promise<WorkspaceState> {
    const stamp = await stampOf(this.#options.paths.workspace);
    if (sameStamp(stamp, seen.stamp)) return seen;
    return (await this.#load(seen)) ?? { ...seen, stamp: undefined };
  }

  /**
   * Reads the file; undefined if there is none. A damaged one is moved aside and replaced by what is
   * in memory, else by the newest good backup, else by nothing.
   */
  async #load(seen: WorkspaceState | undefined): Promise<WorkspaceState | undefined> {
    const { paths, defaultSettings, clock } = this.#options;
    const file = await readStamped(paths.workspace);
    if (!file) return undefined;
    const read = readDocument(file.bytes, paths.workspace);
    if (read.kind === 'document') return this.#understand(read.document, file.stamp, seen);

    const aside = await setAside(dirname(paths.workspace), paths.workspace, clock.now()).catch(
      (cause: unknown) => {
        throw unwritable(paths.workspace, cause as NodeJS.ErrnoException);
      },
    );
    const damage = `${paths.workspace} was damaged (${read.reason}) and is kept as ${aside}.`;
    if (seen) {
      this.#notices.push(`${damage} Stint replaced it with what it had in memory.`);
      return { ...seen, stamp: file.stamp, fileIsDamaged: true };
    }
    const backup = await newestGoodBackup(paths.backups);
    if (!backup) {
      this.#notices.push(
        `${damage} ${paths.backups} has no good version, so there are no sessions.`,
      );
      return {
        ...stateOf(this.#state.document, defaultSettings, file.stamp),
        fileIsDamaged: true,
      };
    }
    this.#notices.push(`${damage} Stint replaced it with ${backup.file}.`);
    const stamp = await replaceFile(paths.workspace, writeDocument(backup.document));
    return this.#understand(backup.document, stamp, seen);
  }

  #understand(
    document: WorkspaceState['document'],
    stamp: WorkspaceState['stamp'],
    seen: WorkspaceState | undefined,
  ): WorkspaceState {
    const { defaultSettings } = this.#options;
    const { settings, notices } = readSettings(document.settings, defaultSettings);
    const all = [
      ...notices,
      ...integrations.notices(document),
      ...identityProviders.notices(document),
    ];
    this.#notices.push(...all.filter((notice) => !this.#notices.includes(notice)));
    if (!seen) return stateOf(document, settings, stamp);
    // Only changes of the file count: locations from the environment stay.
    const before = readSettings(seen.document.settings, defaultSettings).settings;
    return stateOf(document, changedSettings(seen.settings, before, settings), stamp);
  }
}

function hasGoodFile({ stamp, fileIsDamaged }: WorkspaceState): boolean {
  return stamp !== undefined && !fileIsDamaged;
}

function overruledNotice(paths: WorkspaceOptions['paths'], name: string, backup: string): string {
  return (
    `The session ${name} is not valid in ${paths.workspace} after a change. ` +
    `Stint kept its own version. The changed one is in ${backup}.`
  );
}
