import { readFile } from 'node:fs/promises';
import { compare } from 'semver';
import * as z from 'zod';
import { releaseSchema, type Release, type ReleaseSource } from '../../models/release.ts';
import type { Settings } from '../../models/settings.ts';
import { instantSchema, toInstant } from '../../models/time.ts';
import type { Clock } from '../clock/clock.ts';
import { SingleFlight } from '../concurrency/single-flight.ts';
import { renewFile } from '../files/private-file.ts';
import type { Log } from '../log/log.ts';
import type { Network } from '../network/network.ts';
import { fetchRelease, untrusted } from './fetch-release.ts';

/** Between two looks that nobody asked for, in milliseconds. */
const pause = 24 * 3_600_000;

/** What Stint knows about newer releases. */
export interface ReleaseState {
  /** Of this process. */
  readonly version: string;
  /** Why Stint does not look by itself, as a sentence; undefined if it does. */
  readonly off?: string;
  /** Missing while none is known. */
  readonly newer?: Release;
  /** When it was last known for sure. */
  readonly checkedAt?: string;
}

/** In the home: what was seen last. */
const seenSchema = z.object({ checkedAt: instantSchema, release: releaseSchema });
type Seen = z.infer<typeof seenSchema>;

interface Parts {
  readonly version: string;
  readonly source: ReleaseSource;
  readonly file: string;
  readonly network: Network;
  readonly settings: () => Pick<Settings, 'checkForUpdates'>;
  readonly clock: Clock;
  readonly log: Log;
  /** Aborted when the owner ends. */
  readonly signal: AbortSignal;
}

/** Looks for newer releases. It reports them; it never fetches or installs one. */
export class ReleaseCheck {
  readonly #parts: Parts;
  #seen: Seen | undefined;
  #triedAt = -Infinity;
  readonly #checks = new SingleFlight<ReleaseState>();
  readonly #loaded: Promise<void>;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#loaded = 'off' in parts.source ? Promise.resolve() : this.#load();
  }

  /** What is known. Where the setting allows it, also begins a look if the last one is a day ago. */
  async state(): Promise<ReleaseState> {
    await this.#loaded;
    const { clock, log } = this.#parts;
    const seenAt = this.#seen === undefined ? -Infinity : Date.parse(this.#seen.checkedAt);
    const last = Math.max(Math.min(seenAt, clock.now()), this.#triedAt);
    if (this.#off() === undefined && clock.now() - last >= pause) {
      this.#triedAt = clock.now();
      void this.check().catch((error: unknown) => {
        log.warn('release.check', { message: (error as Error).message });
      });
    }
    return this.#state();
  }

  /**
   * Looks now, also where the setting is off: somebody asked. Throws Problem 'release-untrusted' for
   * what is not signed, has expired, or is older than what was published before; 'cloud-unreachable',
   * 'file-unwritable'. Without a feed it only says why.
   */
  async check(): Promise<ReleaseState> {
    return await this.#checks.run('check', this.#parts.signal, (signal) => this.#check(signal));
  }

  async #check(signal: AbortSignal): Promise<ReleaseState> {
    await this.#loaded;
    const { source, network, clock, file } = this.#parts;
    if ('off' in source) return this.#state();
    this.#triedAt = clock.now();
    const release = await fetchRelease(source, network, signal);
    this.#refuseOld(release, source.address);
    const seen = { checkedAt: toInstant(clock.now()), release };
    await renewFile(file, `${JSON.stringify(seen)}\n`);
    this.#seen = seen;
    return this.#state();
  }

  #refuseOld({ version, expires }: Release, address: string): void {
    if (Date.parse(expires) <= this.#parts.clock.now()) {
      throw untrusted(address, `what it says was valid until ${expires}`);
    }
    const before = this.#seen?.release.version;
    if (before !== undefined && compare(version, before) < 0) {
      throw untrusted(address, `it offers ${version} after it has offered ${before}`);
    }
  }

  #off(): string | undefined {
    const { source, settings } = this.#parts;
    if ('off' in source) return source.off;
    if (settings().checkForUpdates) return undefined;
    return 'The setting check-for-updates is off.';
  }

  #state(): ReleaseState {
    const { version } = this.#parts;
    const off = this.#off();
    const { release, checkedAt } = this.#seen ?? {};
    const isNewer = release !== undefined && compare(release.version, version) > 0;
    return {
      version,
      ...(off === undefined ? {} : { off }),
      ...(isNewer ? { newer: release } : {}),
      ...(checkedAt === undefined ? {} : { checkedAt }),
    };
  }

  /** A file that is missing or damaged only means that nothing was seen yet. */
  async #load(): Promise<void> {
    try {
      const { success, data } = seenSchema.safeParse(
        JSON.parse(await readFile(this.#parts.file, 'utf8')),
      );
      if (success) this.#seen = data;
    } catch (error) {
      const isExpected =
        error instanceof SyntaxError || (error as NodeJS.ErrnoException).code === 'ENOENT';
      if (!isExpected) this.#parts.log.warn('release.file', { message: (error as Error).message });
    }
  }
}
