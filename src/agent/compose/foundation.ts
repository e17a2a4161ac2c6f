import { systemClock, type Clock } from '../../services/clock/clock.ts';
import { ServerTime } from '../../services/clock/server-time.ts';
import type { HomePaths } from '../../services/files/home.ts';
import type { Log } from '../../services/log/log.ts';
import type { OwnerProcess } from '../../services/services.ts';
import type { SamlSignIn } from '../../services/sign-in/saml-sign-in.ts';
import type { Keychain } from '../../services/vault/keychain.ts';
import type { AgentEnvironment } from '../environment.ts';
import type { Lifecycle } from '../lifecycle.ts';

export interface ComposeOptions {
  readonly paths: HomePaths;
  readonly environment: AgentEnvironment;
  readonly keychain: Keychain;
  readonly owner: OwnerProcess;
  readonly log: Log;
  /** Closes, at the end of the owner, all that is opened here. */
  readonly lifecycle: Lifecycle;
  /** The system's clock if omitted. */
  readonly clock?: Clock;
  /** How federated sessions sign in, by the owner's clock; if omitted, with the system's browser. */
  readonly createSignIn?: (clock: Clock) => SamlSignIn;
}

/** What every part of the owner is built with. */
export type Foundation = Omit<ComposeOptions, 'clock'> & {
  /** The time at the cloud: credentials expire by it. */
  readonly clock: ServerTime;
  /** The time of this machine: Stint's own tokens expire by it. */
  readonly machineClock: Clock;
};

export function foundationOf({ clock = systemClock, ...options }: ComposeOptions): Foundation {
  return { ...options, machineClock: clock, clock: new ServerTime(clock) };
}
