import { Problem, type FieldErrorInput } from '../../models/problem.ts';
import type { SessionFields } from '../../models/session-fields.ts';
import { isAwsSession, type Session } from '../../models/session.ts';
import type { Settings } from '../../models/settings.ts';

/** Deliveries whose readers Stint cannot see, so that limits which count readers do not work. */
const unseenReaders: ReadonlySet<string> = new Set(['credentials-file', 'azure-cli']);

/** Whether Stint sees who reads the credentials of a session with `delivery`. */
export function seesReaders(delivery: string): boolean {
  return !unseenReaders.has(delivery);
}

/** The limits of a session that do not work with `delivery`. */
function unworkable({ limits }: Pick<SessionFields, 'limits'>, delivery: string) {
  if (seesReaders(delivery)) return [];
  return (['maxLeases', 'idleSeconds'] as const).filter((limit) => limits?.[limit] !== undefined);
}

export function limitErrors(fields: SessionFields, delivery: string): readonly FieldErrorInput[] {
  return unworkable(fields, delivery).map((limit) => ({
    field: `limits.${limit}`,
    message: `does not work with delivery ${delivery}: Stint cannot see who reads its credentials`,
  }));
}

/** A session and the settings can come together in ways that no check of either has seen. */
export function refuseUnseenLimits(session: Session, delivery: string): void {
  const limits = unworkable(session, delivery);
  if (limits.length === 0) return;
  const { sessionId, sessionName } = session;
  throw new Problem('invalid-request', {
    detail: `Session ${sessionName} has ${limits.join(' and ')}, but its delivery is ${delivery}: Stint cannot see who reads its credentials.`,
    next: `Choose another delivery, or remove the limit: stint session edit ${sessionId} --delivery endpoint-only`,
    sessionId,
    errors: limitErrors(session, delivery),
  });
}

/** Whether the default delivery suits the sessions that have none. */
export function defaultDeliveryErrors(
  { defaultDelivery }: Settings,
  sessions: readonly Session[],
): readonly FieldErrorInput[] {
  const limited = sessions
    .filter((session) => isAwsSession(session) && session.delivery === undefined)
    .filter((session) => unworkable(session, defaultDelivery).length > 0)
    .map(({ sessionName }) => sessionName);
  if (limited.length === 0) return [];
  return [
    {
      field: 'defaultDelivery',
      message: `does not work with the limits of ${limited.join(', ')}: Stint cannot see who reads a file. Give these sessions a delivery first, or remove maxLeases and idleSeconds`,
    },
  ];
}
