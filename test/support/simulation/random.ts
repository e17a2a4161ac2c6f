/** Random numbers that a seed decides, so that a run can be repeated (mulberry32, public domain). */
export class Random {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  /** From 0 to 1, without 1. */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = this.#state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  between(least: number, most: number): number {
    return least + this.next() * (most - least);
  }

  chance(probability: number): boolean {
    return this.next() < probability;
  }

  oneOf<T>(values: readonly T[]): T {
    const value = values[Math.floor(this.next() * values.length)];
    if (value === undefined) throw new Error('nothing to choose from');
    return value;
  }

  /** Version 4, RFC 9562. */
  uuid(): string {
    const hex = Array.from({ length: 30 }, () => Math.floor(this.next() * 16).toString(16)).join(
      '',
    );
    const [a, b, c, d, e] = [0, 8, 12, 15, 18].map((from, index) =>
      hex.slice(from, [8, 12, 15, 18, 30][index]),
    );
    return `${a}-${b}-4${c}-8${d}-${e}`;
  }
}
