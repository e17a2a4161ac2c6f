import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { MachineClock } from '../../../src/services/clock/clock.ts';
import { ElapsedTime } from '../../../src/services/clock/elapsed-time.ts';

/** The elapsed time of one owner after the other, joined by the file that each leaves to the next. */
export class OwnersTime {
  readonly #clock: MachineClock;
  readonly #folder: string;
  #owners: ElapsedTime;

  static async begin(clock: MachineClock): Promise<OwnersTime> {
    return new OwnersTime(clock, await mkdtemp(join(tmpdir(), 'stint-simulation-')));
  }

  private constructor(clock: MachineClock, folder: string) {
    this.#clock = clock;
    this.#folder = folder;
    this.#owners = this.#next();
  }

  now(): number {
    return this.#owners.now();
  }

  get offset(): number {
    return this.#owners.offset;
  }

  after(milliseconds: number, callback: () => void): () => void {
    return this.#owners.after(milliseconds, callback);
  }

  /** As the last thing that an owner does. */
  async endOwner(): Promise<void> {
    await this.#owners.save();
  }

  beginOwner(): void {
    this.#owners = this.#next();
  }

  async remove(): Promise<void> {
    await rm(this.#folder, { recursive: true, force: true });
  }

  #next(): ElapsedTime {
    return new ElapsedTime(this.#clock, join(this.#folder, 'clock.json'));
  }
}
