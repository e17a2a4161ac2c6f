import { z } from 'zod';
import { instantSchema } from './time.ts';

/** One consumer of a run's credentials that Stint can see (DESIGN §1, §3). */
export const leaseSchema = z.strictObject({
  leaseId: z.uuid(),
  runId: z.uuid(),
  kind: z.enum(['exec', 'endpoint', 'credential-process']),
  /** The program that uses it, by name; never its arguments. */
  process: z.string().max(256).optional(),
  openedAt: instantSchema,
  lastUsedAt: instantSchema,
  uses: z.int().min(0),
  closedAt: instantSchema.optional(),
  reason: z.string().max(256).optional(),
});
export type Lease = z.infer<typeof leaseSchema>;
