import * as z from 'zod';

export const sessionStatusSchema = z.enum(['inactive', 'pending', 'active']);
export type SessionStatus = z.infer<typeof sessionStatusSchema>;

/** Why a run ended (DESIGN §3). */
export const endReasonSchema = z.enum([
  'stopped',
  'cancelled',
  'max-duration',
  'idle',
  'lease-limit',
  'valid-until',
  'expired',
  'superseded',
  'removed',
  'dependency-removed',
  'integration-logout',
  'locked',
  'shutdown',
  'crashed',
  'failed',
]);
export type EndReason = z.infer<typeof endReasonSchema>;

/** Events that change a session's status. `ended` comes with a reason. */
export type LifecycleEvent = 'start' | 'delivered' | 'rotated' | 'expired' | 'ended';

/** The whole state machine: what is not in this table cannot happen. */
export const lifecycle: Readonly<
  Record<SessionStatus, Readonly<Partial<Record<LifecycleEvent, SessionStatus>>>>
> = {
  inactive: { start: 'pending' },
  pending: { delivered: 'active', rotated: 'active', ended: 'inactive' },
  active: { rotated: 'active', expired: 'pending', ended: 'inactive' },
};

/** The status after `event`, or undefined where the table has no such step. */
export function nextStatus(
  status: SessionStatus,
  event: LifecycleEvent,
): SessionStatus | undefined {
  return lifecycle[status][event];
}
