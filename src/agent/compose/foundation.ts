import type { ReleaseSource } from '../../models/release.ts';
import { systemClock, type MachineClock } from '../../services/clock/clock.ts';
import { ElapsedTime } from '../../services/clock/elapsed-time.ts';
import { ServiceTimes } from '../../services/clock/service-times.ts';
import type { HomePaths } from '../../services/files/home.ts';
import { Metrics } from '../../services/metrics/metrics.ts';
import type { Log } from '../../services/log/log.ts';
import type { OwnerProcess } from '../../services/services.ts';
import type { CreateSignIn } from '../../services/sign-in/saml-sign-in.ts';
import type { Keychain } from '../../services/vault/keychain.ts';
import type { AgentEnvironment } from '../environment.ts';
import type { Lifecycle } from '../lifecycle.ts';

export interface ComposeOptions {
  readonly paths: HomePaths;
  readonly environment: AgentEnvironment;
  readonly keychain: Keychain;
  readonly owner: OwnerProcess;
  /** What prints a session's credentials for `credential_process` when its id is added. */
  readonly credentialCommand: readonly string[];
  readonly log: Log;
  /** Closes, at the end of the owner, all that is opened here. */
  readonly lifecycle: Lifecycle;
  /** What the host of the graph has to tell the user, beside what the parts have. */
  readonly notices?: () => readonly string[];
  /** Where newer releases are published; if omitted, nowhere. */
  readonly releases?: ReleaseSource;
  /** The system's clock if omitted. */
  readonly clock?: MachineClock;
  /** How federated sessions sign in; if omitted, with the system's browser. */
  readonly createSignIn?: CreateSignIn;
}

/** What every part of the owner is built with. */
export type Foundation = Omit<ComposeOptions, 'clock'> & {
  /** The clock of this machine, as people set it: for instants that they read. */
  readonly clock: MachineClock;
  /** What nobody sets: limits, lifetimes and deadlines are counted by it. */
  readonly elapsed: ElapsedTime;
  /** The time at each service: what it issues expires by it, and nothing else. */
  readonly times: ServiceTimes;
  readonly metrics: Metrics;
};

export function foundationOf({ clock = systemClock, ...options }: ComposeOptions): Foundation {
  const elapsed = new ElapsedTime(clock, options.paths.clock);
  options.lifecycle.closeAtEnd('elapsed time', () => elapsed.save());
  return { ...options, clock, elapsed, times: new ServiceTimes(elapsed), metrics: new Metrics() };
}
