import { clockOffsetText } from '../../models/clock-offset.ts';
import type { Session } from '../../models/session.ts';
import type { Finding } from '../delivery/delivery.ts';

/** That this machine's clock is off, to the person who starts a session. */
export function clockFindings({ status, clockOffsetSeconds }: Session): readonly Finding[] {
  if (status !== 'active' || clockOffsetSeconds === undefined) return [];
  return [
    {
      code: 'clock',
      message: `${clockOffsetText(clockOffsetSeconds)} Tools use this machine's clock: they may take valid credentials for expired ones, and AWS may refuse their signatures.`,
      next: 'Set the clock of this machine, or let it follow the network.',
    },
  ];
}
