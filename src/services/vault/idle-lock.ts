import type { Settings } from '../../models/settings.ts';
import type { Clock } from '../clock/clock.ts';
import type { EventLog } from '../events/event-log.ts';
import type { Vault } from './vault-contract.ts';
import type { VaultLock } from './vault-lock.ts';

/** Longest time between two looks at the wall clock, in milliseconds: sleep makes timers late. */
const longestWait = 60_000;

interface Parts {
  readonly vault: Pick<Vault, 'status'>;
  readonly lock: VaultLock['lock'];
  readonly settings: () => Pick<Settings, 'lockAfterIdleMinutes'>;
  readonly events: EventLog;
  readonly clock: Clock;
  /** Aborted when the owner ends. */
  readonly signal: AbortSignal;
}

/**
 * Locks the vault when nobody has used Stint for as long as the setting `lockAfterIdleMinutes` says.
 * What Stint and running programs do by themselves does not count as use.
 */
export class IdleLock {
  readonly #parts: Parts;
  #usedAt: number;
  #cancelTimer = (): void => undefined;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#usedAt = parts.clock.now();
    const unsubscribe = parts.events.subscribe(({ event }) => {
      if (event.type === 'vault' && !event.locked) this.#usedAt = parts.clock.now();
      if (event.type === 'vault' || event.type === 'settings') this.#plan();
    });
    parts.signal.addEventListener('abort', () => {
      unsubscribe();
      this.#cancelTimer();
    });
    this.#plan();
  }

  /**
   * A request came. If the time was over before, as after the machine slept, the vault is locked first.
   * `isUse`: somebody uses Stint, so that the time begins again.
   */
  async noteRequest({ isUse }: { readonly isUse: boolean }): Promise<void> {
    if (this.#isOver()) await this.#lock();
    if (isUse) this.#usedAt = this.#parts.clock.now();
  }

  /** Milliseconds since the epoch; undefined while nothing is to be locked. */
  #deadline(): number | undefined {
    const { vault, settings, clock } = this.#parts;
    const minutes = settings().lockAfterIdleMinutes;
    if (minutes === undefined || vault.status().locked) return undefined;
    // A clock that was set back must not lengthen the time.
    this.#usedAt = Math.min(this.#usedAt, clock.now());
    return this.#usedAt + minutes * 60_000;
  }

  #isOver(): boolean {
    return this.#parts.clock.now() >= (this.#deadline() ?? Infinity);
  }

  #plan(): void {
    this.#cancelTimer();
    const { clock, signal } = this.#parts;
    const deadline = this.#deadline();
    if (deadline === undefined || signal.aborted) return;
    const wait = Math.min(Math.max(deadline - clock.now(), 0), longestWait);
    this.#cancelTimer = clock.after(wait, () => {
      if (this.#isOver()) void this.#lock();
      else this.#plan();
    });
  }

  async #lock(): Promise<void> {
    const minutes = this.#parts.settings().lockAfterIdleMinutes ?? 0;
    const why = `nobody used Stint for ${minutes} min`;
    await this.#parts.lock({ by: 'stint', why });
  }
}
