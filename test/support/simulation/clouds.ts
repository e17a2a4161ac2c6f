import { Problem } from '../../../src/models/problem.ts';
import type { Session } from '../../../src/models/session.ts';
import type { CredentialProvider } from '../../../src/services/providers/provider.ts';
import { statedLifetime, type Fault } from './faults.ts';
import type { SimulatedMachine } from './machine.ts';
import type { Random } from './random.ts';

const minute = 60_000;
const hour = 60 * minute;

/** A time during which a service cannot be reached, or refuses because it is asked too often. */
interface Trouble {
  readonly from: number;
  readonly to: number;
}

/** What one service is like. Session names begin with its name. */
interface Service {
  readonly name: string;
  /** Of the credentials it issues, in seconds. */
  readonly lifetime: number;
  /** By how much its clock is ahead of true time, in milliseconds. */
  readonly ahead: number;
  /** Whether a person has to answer. */
  readonly attended: boolean;
  readonly troubles: readonly Trouble[];
}

/** What a service issued. Times are true ones. */
export interface Issue {
  readonly at: number;
  readonly expires: number;
  readonly lifetime: number;
}

/** Services with outages, throttles, slow answers and clocks of their own. */
export class SimulatedClouds {
  readonly services: readonly Service[];
  readonly #machine: SimulatedMachine;
  readonly #random: Random;
  /** All at once: the network is away, or a sign-in page answers for everybody. */
  readonly #network: readonly Trouble[];
  readonly issues = new Map<string, Issue[]>();

  constructor(machine: SimulatedMachine, random: Random, days: number) {
    this.#machine = machine;
    this.#random = random;
    this.#network = this.#troubles(days, 1.5, 40 * minute);
    const service = (name: string, lifetime: number, attended = false): Service => ({
      name,
      lifetime,
      attended,
      ahead: random.chance(0.5) ? 0 : random.between(-10 * minute, 10 * minute),
      troubles: this.#troubles(days, 1, random.oneOf([2 * minute, 20 * minute, 3 * hour])),
    });
    this.services = [
      service('short', 900),
      service('hour', 3600),
      service('sso', 3600),
      service('shift', 4 * 3600),
      service('half-day', 12 * 3600),
      service('mfa', 12 * 3600, true),
    ];
  }

  serviceOf({ sessionName }: Pick<Session, 'sessionName'>): Service {
    const found = this.services.find(({ name }) => sessionName.startsWith(`${name} `));
    if (found === undefined) throw new Error(`no service for ${sessionName}`);
    return found;
  }

  /** Whether the service answered all the time between two true instants, and the machine was awake. */
  couldBeReached(service: Service, from: number, to: number): boolean {
    const isClear = (one: Trouble) => one.to <= from || one.from >= to;
    return [...service.troubles, ...this.#network, ...this.#machine.sleeps].every(isClear);
  }

  provider(fault: Fault | undefined): CredentialProvider<Session> {
    return {
      unattended: (session) => !this.serviceOf(session).attended,
      forget: () => Promise.resolve(),
      obtain: async ({ session, ask, signal }) => {
        const service = this.serviceOf(session);
        if (service.attended) await ask({ kind: 'mfa', text: 'MFA code' });
        await this.#answer(signal);
        const now = this.#machine.time;
        if (!this.couldBeReached(service, now, now + 1)) {
          throw new Problem('cloud-unreachable', {
            detail: `${service.name} does not answer.`,
            next: 'Check the network.',
          });
        }
        const { lifetime, ahead } = service;
        const expires = now + lifetime * 1000;
        const issues = this.issues.get(session.sessionId) ?? [];
        this.issues.set(session.sessionId, [...issues.slice(-9), { at: now, expires, lifetime }]);
        const elapsedAhead = Math.abs(ahead) < 2_000 ? 0 : ahead;
        return {
          credentials: {
            accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
            secretAccessKey: 'secret',
            sessionToken: 'token',
            expiration: new Date(expires + ahead).toISOString(),
          },
          grantedSeconds: statedLifetime(lifetime, fault),
          clockOffset: elapsedAhead,
        };
      },
    };
  }

  /** An answer takes its time. */
  async #answer(signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    const { promise, resolve } = Promise.withResolvers<undefined>();
    const done = () => {
      resolve(undefined);
    };
    const wait = this.#random.chance(0.02) ? 8_000 : this.#random.between(100, 1_500);
    const cancel = this.#machine.after(wait, done);
    signal.addEventListener('abort', done, { once: true });
    await promise;
    cancel();
    signal.removeEventListener('abort', done);
    signal.throwIfAborted();
  }

  #troubles(days: number, perDay: number, longest: number): readonly Trouble[] {
    return Array.from({ length: Math.round(days * perDay) }, () => {
      const from = this.#machine.time + this.#random.between(0, days * 24 * hour);
      return { from, to: from + this.#random.between(5_000, longest) };
    });
  }
}
