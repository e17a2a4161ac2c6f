import type { MachineClock } from '../../src/services/clock/clock.ts';

interface Timer {
  readonly at: number;
  readonly callback: () => void;
}

/** As if all fake machines had been switched on then, so that one that starts later has been on for longer. */
const switchedOn = Date.parse('2026-01-01T00:00:00.000Z');

/** Time that moves only when a test says so. */
export class FakeClock implements MachineClock {
  readonly bootId = 'fake';
  #now: number;
  /** By how much somebody has set the clock. */
  #set = 0;
  readonly #timers = new Set<Timer>();

  constructor(start = '2026-11-20T12:00:00.000Z') {
    this.#now = Date.parse(start);
  }

  now(): number {
    return this.#now + this.#set;
  }

  uptime(): number {
    return this.#now - switchedOn;
  }

  after(milliseconds: number, callback: () => void): () => void {
    const timer = { at: this.#now + Math.max(0, milliseconds), callback };
    this.#timers.add(timer);
    return () => this.#timers.delete(timer);
  }

  /**
   * Advances the time, fires each timer at its moment, and lets its work finish. `idle` waits for
   * work that uses files or the network; without it, there is time for promises and little else.
   */
  async advance(
    milliseconds: number,
    idle: () => Promise<void> = () => Promise.resolve(),
  ): Promise<void> {
    const end = this.#now + milliseconds;
    for (;;) {
      const [next] = [...this.#timers].filter(({ at }) => at <= end).sort((a, b) => a.at - b.at);
      if (next === undefined) break;
      this.#now = Math.max(this.#now, next.at);
      this.#timers.delete(next);
      next.callback();
      await workDone();
      await idle();
    }
    this.#now = end;
    await workDone();
    await idle();
  }

  /** The machine slept: time has passed, and no timer has fired yet. */
  sleep(milliseconds: number): void {
    this.#now += milliseconds;
  }

  /** Somebody sets the clock by so many milliseconds, forward or back; no time passes. */
  set(milliseconds: number): void {
    this.#set += milliseconds;
  }

  get timers(): number {
    return this.#timers.size;
  }
}

/** Gives the promises that were started time to finish. */
async function workDone(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}
