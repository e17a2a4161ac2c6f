import { networkInterfaces } from 'node:os';
import type { Clock } from '../clock/clock.ts';

/** What happened to the machine since the scheduler last checked. */
export interface Interruption {
  /** Timers were late by this many milliseconds: the machine slept, or was stopped. */
  readonly slept: number | undefined;
  /** Milliseconds by which the machine's clock is ahead of elapsed time now; undefined where nobody set it since. */
  readonly clockSetTo: number | undefined;
  readonly isNetworkOther: boolean;
}

/** A change of the clock by less, in milliseconds, is that of a clock that follows the network. */
const set = 1_000;

/** A timer this late, in milliseconds, was not only kept waiting by a busy machine. */
const late = 30_000;

/** Notices at each check that the machine slept, its clock was set, or its network is another one. */
export class Interruptions {
  readonly #elapsed: Clock;
  readonly #network: () => string;
  /** By elapsed time; undefined before the first check. */
  #checkedAt: number | undefined;
  /** As last reported. */
  #machineAhead = 0;
  #addresses: string;

  constructor(elapsed: Clock, network: () => string = networkAddresses) {
    this.#elapsed = elapsed;
    this.#network = network;
    this.#addresses = network();
  }

  /** `longestWait`: how long the scheduler waits between two checks at most, in milliseconds. */
  sinceLastCheck(longestWait: number): Interruption {
    const now = this.#elapsed.now();
    const machineAhead = -(this.#elapsed.offset ?? 0);
    const addresses = this.#network();
    const overdue = this.#checkedAt === undefined ? 0 : now - this.#checkedAt - longestWait;
    // The first check counts as well: the clock may have been set while there was no owner.
    const isClockSet = Math.abs(machineAhead - this.#machineAhead) >= set;
    const found = {
      slept: overdue >= late ? overdue : undefined,
      clockSetTo: isClockSet ? machineAhead : undefined,
      isNetworkOther: addresses !== this.#addresses,
    };
    this.#checkedAt = now;
    if (isClockSet) this.#machineAhead = machineAhead;
    this.#addresses = addresses;
    return found;
  }
}

/** The addresses by which this machine is on a network, in one text. */
function networkAddresses(): string {
  const addresses = Object.entries(networkInterfaces()).flatMap(([name, found = []]) =>
    found
      .filter(({ internal }) => !internal)
      .map(({ cidr, address }) => `${name} ${cidr ?? address}`),
  );
  return addresses.sort().join('\n');
}
