import type { Clock } from './clock.ts';
import { ServerTime } from './server-time.ts';

/** The time at each service that is asked: what one says of its clock counts for no other. */
export class ServiceTimes {
  readonly #elapsed: Clock;
  readonly #times = new Map<string, ServerTime>();

  constructor(elapsed: Clock) {
    this.#elapsed = elapsed;
  }

  /** `service`: with the cloud it is of, such as "sts aws-cn". */
  of(service: string): ServerTime {
    const time = this.#times.get(service) ?? new ServerTime(this.#elapsed);
    this.#times.set(service, time);
    return time;
  }

  /** The greatest difference to this machine's clock, in milliseconds. */
  get offset(): number {
    const offsets = [...this.#times.values()].map(({ aheadOfMachine }) => aheadOfMachine);
    return offsets.reduce((most, one) => (Math.abs(one) > Math.abs(most) ? one : most), 0);
  }
}
