import { z } from 'zod';
import { instantSchema } from './time.ts';

export const leaseKindSchema = z.enum(['exec', 'endpoint', 'credential-process']);
export type LeaseKind = z.infer<typeof leaseKindSchema>;

/** A program by its name alone: arguments hold secrets now and then. */
export const leaseProcessSchema = z
  .string()
  .min(1)
  .max(256)
  // eslint-disable-next-line no-control-regex -- control characters are what is refused
  .regex(/^[^/\\\u0000-\u001f\u007f]+$/, 'must be the name of a program without its folder');

/** One consumer of a run's credentials that Stint can see (DESIGN §1, §3). */
export const leaseSchema = z.strictObject({
  leaseId: z.uuid(),
  runId: z.uuid(),
  kind: leaseKindSchema,
  /** The program that uses it, by name; never its arguments. */
  process: leaseProcessSchema.optional(),
  openedAt: instantSchema,
  lastUsedAt: instantSchema,
  uses: z.int().min(0),
  closedAt: instantSchema.optional(),
  reason: z.string().max(256).optional(),
});
export type Lease = z.infer<typeof leaseSchema>;
