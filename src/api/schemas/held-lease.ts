import * as z from 'zod';
import { leaseSchema } from '../../models/lease.ts';
import { sessionStatusSchema } from '../../models/lifecycle.ts';
import { sessionTypeSchema } from '../../models/session-fields.ts';
import { runViewSchema } from '../../models/session.ts';
import { instantSchema } from '../../models/time.ts';
import { toLease, type LeaseRecord } from '../../services/leases/lease-record.ts';
import type { Services } from '../../services/services.ts';

export const leaseView = leaseSchema.meta({ id: 'Lease' });

/** What the holder of a lease may know of its session: what its credentials reveal, and until when. */
const heldSessionSchema = z.object({
  sessionId: z.string(),
  sessionName: z.string(),
  type: sessionTypeSchema,
  status: sessionStatusSchema,
  region: z.string(),
  profileName: z.string().optional(),
  accountId: z.string().optional(),
  roleName: z.string().optional(),
  roleArn: z.string().optional(),
  subscriptionId: z.string().optional(),
  tenantId: z.string().optional(),
  run: runViewSchema.optional(),
  credentialsExpireAt: instantSchema.optional(),
  clockOffsetSeconds: z.int().optional(),
});

export const heldLeaseSchema = z
  .object({
    lease: leaseView,
    session: heldSessionSchema
      .optional()
      .describe('missing once the session was removed; inactive, or in another run, once it ended'),
  })
  .meta({ id: 'HeldLease' });

/** A lease with its session, as the API shows them to its holder. */
export function heldLease({ sessions }: Pick<Services, 'sessions'>, record: LeaseRecord) {
  const session = sessions.list().find(({ sessionId }) => sessionId === record.sessionId);
  return {
    lease: toLease(record),
    ...(session === undefined ? {} : { session: heldSessionSchema.parse(session) }),
  };
}
