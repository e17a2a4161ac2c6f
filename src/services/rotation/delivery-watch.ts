import { statSync, watch, type FSWatcher } from 'node:fs';
import { basename, dirname } from 'node:path';
import type { StintEvent } from '../../models/event.ts';
import type { Session } from '../../models/session.ts';
import type { EventLog } from '../events/event-log.ts';

/** Of a burst of changes, the last is waited for this long, the first at most as long, in milliseconds. */
const quiet = { afterLast: 150, afterFirst: 450 } as const;

/** At most: another program may remove ours as fast as it comes back. */
const checksPerMinute = 60;

/** Files of one folder that sessions deliver to. */
export interface WatchedFiles {
  readonly folder: string;
  readonly names: ReadonlySet<string>;
  /** The active sessions that deliver to them. */
  readonly sessionIds: readonly string[];
}

interface Parts {
  /** What active sessions deliver to now. */
  readonly files: () => Promise<readonly WatchedFiles[]>;
  /** Checks whether what sessions delivered is still there, and restores it; never rejects. */
  readonly check: (sessionIds: readonly string[]) => Promise<void>;
  readonly events: EventLog;
}

/**
 * Notices at once that another program has rewritten a file that active sessions deliver to. A hint
 * only: where the platform cannot watch a folder, the scheduler checks every 15 s.
 */
export class DeliveryWatch {
  readonly #parts: Parts;
  /** By folder. */
  readonly #folders = new Map<string, FolderWatch>();
  #unsubscribe = (): unknown => undefined;
  #isFollowing = false;
  #isStale = false;
  #isRunning = false;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  start(): void {
    this.#isRunning = true;
    this.#unsubscribe = this.#parts.events.subscribe(({ event }) => {
      if (mayMove(event)) this.#refresh();
    });
    this.#refresh();
  }

  /** Idempotent. */
  stop(): void {
    this.#isRunning = false;
    this.#unsubscribe();
    for (const folder of this.#folders.values()) folder.close();
    this.#folders.clear();
  }

  /** The folders that are watched. */
  folders(): readonly string[] {
    return [...this.#folders.keys()];
  }

  #refresh(): void {
    this.#isStale = true;
    if (!this.#isFollowing) void this.#follow();
  }

  async #follow(): Promise<void> {
    this.#isFollowing = true;
    while (this.#takeStale()) {
      // A file that cannot be reached is reported by the check.
      this.#apply(await this.#parts.files().catch(() => []));
    }
    this.#isFollowing = false;
  }

  #takeStale(): boolean {
    const isStale = this.#isStale && this.#isRunning;
    this.#isStale = false;
    return isStale;
  }

  #apply(wanted: readonly WatchedFiles[]): void {
    if (!this.#isRunning) return;
    for (const [folder, watched] of this.#folders) {
      if (!wanted.some((files) => files.folder === folder) || !watched.isAlive()) {
        watched.close();
        this.#folders.delete(folder);
      }
    }
    for (const files of wanted) {
      const watched =
        this.#folders.get(files.folder) ?? FolderWatch.open(files.folder, this.#parts);
      if (watched === undefined) continue;
      watched.files = files;
      this.#folders.set(files.folder, watched);
    }
  }
}

/** Which sessions are active, where they deliver to, or whether a folder is there may have changed. */
function mayMove(event: StintEvent): boolean {
  if (event.type === 'history') return event.kind === 'section-restored';
  return ['session', 'session-removed', 'settings'].includes(event.type);
}

/** One folder, so that files that are replaced or created are seen too. */
class FolderWatch {
  files: WatchedFiles;
  readonly #parts: Pick<Parts, 'check'>;
  readonly #watcher: FSWatcher;
  readonly #inode: bigint;
  /** By the machine's own time: files change in it. */
  #timer: NodeJS.Timeout | undefined;
  #firstChange: number | undefined;
  #isChecking = false;
  #isOver = false;
  /** When it checked in the last minute. */
  #checks: readonly number[] = [];

  /** Undefined where the folder cannot be watched. */
  static open(folder: string, parts: Pick<Parts, 'check'>): FolderWatch | undefined {
    try {
      return new FolderWatch(folder, parts);
    } catch {
      return undefined;
    }
  }

  private constructor(folder: string, parts: Pick<Parts, 'check'>) {
    this.#parts = parts;
    this.files = { folder, names: new Set(), sessionIds: [] };
    this.#inode = statSync(folder, { bigint: true }).ino;
    this.#watcher = watch(folder, { persistent: false }, (_kind, name) => {
      if (name === null || this.files.names.has(name)) this.#changed();
    });
    this.#watcher.on('error', () => {
      this.close();
    });
  }

  /** Whether it still watches the folder that has this name. */
  isAlive(): boolean {
    if (this.#isOver) return false;
    const found = statSync(this.files.folder, { bigint: true, throwIfNoEntry: false });
    return found?.ino === this.#inode;
  }

  close(): void {
    this.#isOver = true;
    clearTimeout(this.#timer);
    this.#watcher.close();
  }

  #changed(): void {
    if (this.#isOver) return;
    const now = performance.now();
    this.#firstChange ??= now;
    if (this.#isChecking) return;
    clearTimeout(this.#timer);
    const wait = Math.min(quiet.afterLast, this.#firstChange + quiet.afterFirst - now);
    this.#timer = setTimeout(() => void this.#checkNow(), Math.max(0, wait));
  }

  async #checkNow(): Promise<void> {
    const now = performance.now();
    this.#firstChange = undefined;
    const recent = this.#checks.filter((at) => now - at < 60_000);
    if (recent.length >= checksPerMinute) return;
    this.#checks = [...recent, now];
    this.#isChecking = true;
    await this.#parts.check(this.files.sessionIds);
    this.#isChecking = false;
    // Something changed meanwhile, at least by the restore itself.
    if (this.#hasChanged()) this.#changed();
  }

  #hasChanged(): boolean {
    return this.#firstChange !== undefined;
  }
}

/** The files that `active` sessions deliver to; `locate` follows links. */
export async function filesOf(
  active: readonly Session[],
  locations: {
    readonly awsCredentialsFile: string;
    readonly azureConfigDir: string;
    readonly azureFiles: readonly string[];
    readonly locate: (file: string) => Promise<string>;
  },
): Promise<readonly WatchedFiles[]> {
  const idsOf = (isAzure: boolean) =>
    active.filter(({ type }) => (type === 'azure') === isAzure).map(({ sessionId }) => sessionId);
  const [aws, azure] = [idsOf(false), idsOf(true)];
  const file =
    aws.length === 0
      ? ''
      : await locations
          .locate(locations.awsCredentialsFile)
          .catch(() => locations.awsCredentialsFile);
  const found = [
    { folder: dirname(file), names: new Set([basename(file)]), sessionIds: aws },
    { folder: locations.azureConfigDir, names: new Set(locations.azureFiles), sessionIds: azure },
  ];
  return found.filter(({ sessionIds }) => sessionIds.length > 0);
}
