import type { MachineClock } from '../../../src/services/clock/clock.ts';

interface Timer {
  at: number;
  readonly callback: () => void;
}

/** A machine in virtual time that runs, sleeps, and whose clock somebody sets. */
export class SimulatedMachine implements MachineClock {
  #boots = 1;
  switchedOn = Date.parse('2026-01-01T00:00:00.000Z');
  /** True time, in milliseconds since the epoch. */
  time: number;
  #set = 0;
  readonly #timers = new Set<Timer>();
  /** When it slept, oldest first. */
  readonly sleeps: { readonly from: number; readonly to: number }[] = [];

  constructor(time: number) {
    this.time = time;
  }

  get bootId(): string {
    return `boot ${this.#boots}`;
  }

  now(): number {
    return this.time + this.#set;
  }

  uptime(): number {
    return this.time - this.switchedOn;
  }

  after(milliseconds: number, callback: () => void): () => void {
    const timer = { at: this.time + Math.max(0, milliseconds), callback };
    this.#timers.add(timer);
    return () => this.#timers.delete(timer);
  }

  /** Sets the clock so far from true time, in milliseconds. Less than a second counts as none. */
  setClock(ahead: number): void {
    this.#set = Math.abs(ahead) < 1_000 ? 0 : ahead;
  }

  /** It was off, and is switched on now. */
  restart(): void {
    this.#boots += 1;
    this.switchedOn = this.time;
  }

  /** Timers do not move while it sleeps, as on Linux: they fire later by the whole sleep. */
  sleep(milliseconds: number): void {
    // One that follows another at once is the same sleep.
    const before = this.sleeps.at(-1)?.to === this.time ? this.sleeps.pop() : undefined;
    this.sleeps.push({ from: before?.from ?? this.time, to: this.time + milliseconds });
    for (const timer of this.#timers) timer.at += milliseconds;
    this.time += milliseconds;
  }

  /** Runs until `end`, firing every timer at its moment. */
  async runUntil(end: number): Promise<void> {
    for (;;) {
      const next = this.#next(end);
      if (next === undefined) break;
      this.time = Math.max(this.time, next.at);
      this.#timers.delete(next);
      next.callback();
      await workDone();
    }
    this.time = end;
    await workDone();
  }

  #next(end: number): Timer | undefined {
    let first: Timer | undefined;
    for (const timer of this.#timers) {
      if (timer.at <= end && (first === undefined || timer.at < first.at)) first = timer;
    }
    return first;
  }
}

/** Everything is in memory: two turns of the event loop finish whatever does not wait for time. */
export async function workDone(): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
  await new Promise((resolve) => setImmediate(resolve));
}
