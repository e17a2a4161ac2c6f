import { readFileSync } from 'node:fs';
import * as z from 'zod';
import { replaceFile } from '../files/private-file.ts';
import type { Clock, MachineClock } from './clock.ts';

/** What joins the elapsed time of one owner to that of the next. */
const savedSchema = z.object({
  bootId: z.string().optional(),
  /** When it was saved: milliseconds on each of the three clocks. */
  uptime: z.number(),
  machine: z.number(),
  elapsed: z.number(),
});
type Saved = z.infer<typeof savedSchema>;

/** A difference below this is the rounding of two clocks, in milliseconds. */
const tolerated = 1_000;

/** How far boot times that result from two readings may differ, where the platform names no boot. */
const sameBootWithin = 120_000;

/** Longest time between two saves, in milliseconds. */
const saveEvery = 3_600_000;

/**
 * A clock that nobody sets: it shows what the machine's clock showed when Stint first ran here, plus
 * the time that has passed since, sleep included. Limits and lifetimes are counted by it. While the
 * machine was off, only the machine's clock can say how long (decision 45).
 */
export class ElapsedTime implements Clock {
  readonly #clock: MachineClock;
  readonly #file: string | undefined;
  /** Elapsed time minus uptime: does not change until the machine restarts. */
  readonly #base: number;
  #saved: Saved | undefined;
  #saving: Promise<void> = Promise.resolve();

  /** `file`: where it is kept for the next owner. One that cannot be read counts as none. */
  constructor(clock: MachineClock, file?: string) {
    this.#clock = clock;
    this.#file = file;
    this.#saved = file === undefined ? undefined : readSaved(file);
    this.#base = baseOf(clock, this.#saved);
    this.offsetBefore = this.#saved === undefined ? this.offset : aheadIn(this.#saved);
  }

  now(): number {
    return this.#clock.uptime() + this.#base;
  }

  after(milliseconds: number, callback: () => void): () => void {
    return this.#clock.after(milliseconds, callback);
  }

  /** Milliseconds by which it is ahead of the machine's clock; 0 unless the clock was set. */
  get offset(): number {
    const offset = this.now() - this.#clock.now();
    return Math.abs(offset) < tolerated ? 0 : offset;
  }

  /** The same when the owner before last saved it: instants that it noted by the machine's clock had it. */
  readonly offsetBefore: number;

  /** What the machine's clock shows at an instant of elapsed time, both in milliseconds since the epoch. */
  onMachine(instant: number): number {
    return instant - this.offset;
  }

  /** Saves it for the next owner where the clock was set since, or not for an hour. Never rejects. */
  async keep(): Promise<void> {
    const saved = this.#saved;
    const isNew =
      saved === undefined ||
      this.now() - saved.elapsed >= saveEvery ||
      Math.abs(this.offset - aheadIn(saved)) >= tolerated;
    if (isNew) await this.save();
  }

  /** Never rejects: without the file the next owner counts by the machine's clock. */
  async save(): Promise<void> {
    const file = this.#file;
    if (file === undefined) return;
    const { bootId } = this.#clock;
    const saved = {
      ...(bootId === undefined ? {} : { bootId }),
      uptime: this.#clock.uptime(),
      machine: this.#clock.now(),
      elapsed: this.now(),
    };
    this.#saved = saved;
    const write = () => replaceFile(file, JSON.stringify(saved));
    this.#saving = this.#saving.then(write).then(nothing, nothing);
    await this.#saving;
  }
}

function baseOf(clock: MachineClock, saved: Saved | undefined): number {
  const [uptime, machine] = [clock.uptime(), clock.now()];
  if (saved === undefined) return machine - uptime;
  if (isSameBoot(clock, saved)) return saved.elapsed - saved.uptime;
  // Never back: a machine without a battery for its clock starts long ago until the network tells the time.
  return Math.max(saved.elapsed, machine + aheadIn(saved)) - uptime;
}

function isSameBoot(clock: MachineClock, saved: Saved): boolean {
  if (clock.uptime() < saved.uptime) return false;
  if (clock.bootId !== undefined) return clock.bootId === saved.bootId;
  const moved = clock.now() - clock.uptime() - (saved.machine - saved.uptime);
  return Math.abs(moved) < sameBootWithin;
}

function aheadIn({ elapsed, machine }: Saved): number {
  const ahead = elapsed - machine;
  return Math.abs(ahead) < tolerated ? 0 : ahead;
}

function readSaved(file: string): Saved | undefined {
  try {
    return savedSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return undefined;
  }
}

function nothing(): void {
  // A read-only home or a full disk must not keep anything from running.
}
