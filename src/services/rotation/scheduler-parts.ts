import type { Session } from '../../models/session.ts';
import type { Settings } from '../../models/settings.ts';
import type { KeyRotations } from '../access-keys/key-rotation.ts';
import type { Clock } from '../clock/clock.ts';
import type { ElapsedTime } from '../clock/elapsed-time.ts';
import type { ServerTime } from '../clock/server-time.ts';
import type { EventLog } from '../events/event-log.ts';
import type { History } from '../history/history.ts';
import type { Leases } from '../leases/leases.ts';
import type { Log } from '../log/log.ts';
import type { Reconciliation } from '../sessions/reconcile.ts';
import type { SessionRepository } from '../sessions/session-repository.ts';
import type { SessionRunner } from '../sessions/session-runner.ts';

/** What the scheduler works with. */
export interface SchedulerParts {
  /** The machine's, for instants that people read. */
  readonly clock: Pick<Clock, 'now'>;
  /** Everything but `validUntil` is counted by it. */
  readonly elapsed: Clock & Partial<Pick<ElapsedTime, 'keep'>>;
  /** The time at the service that issues a session's credentials; elapsed time if omitted. */
  readonly timeOf?: (session: Session) => Pick<ServerTime, 'measured'>;
  /** Names the network that the machine is on; its addresses if omitted. */
  readonly network?: () => string;
  readonly settings: () => Pick<Settings, 'renewAfterExpiryHours' | 'limitWarningMinutes'>;
  readonly repository: SessionRepository;
  readonly runner: SessionRunner;
  readonly reconciliation: Reconciliation;
  readonly keyRotations: Pick<KeyRotations, 'resume'>;
  /** Removes sessions that were archived for as long as the setting says. */
  readonly purge: () => Promise<void>;
  readonly leases: Pick<Leases, 'idleEnd' | 'sweep'>;
  readonly events: EventLog;
  readonly history: History;
  readonly log: Log;
}
