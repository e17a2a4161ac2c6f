import * as z from 'zod';
import { narrowingSchema } from './narrowing.ts';
import { instantSchema } from './time.ts';

/** What a program opens itself and closes when it is done. */
export const openedLeaseKindSchema = z.enum(['exec', 'endpoint', 'credential-process']);

/** `static`: somebody read the keys themselves. `console`: for the address of a web console. */
export const leaseKindSchema = z.enum([...openedLeaseKindSchema.options, 'static', 'console']);
export type LeaseKind = z.infer<typeof leaseKindSchema>;

/** A program by its name alone: arguments hold secrets now and then. */
export const leaseProcessSchema = z
  .string()
  .min(1)
  .max(256)
  // eslint-disable-next-line no-control-regex -- control characters are what is refused
  .regex(/^[^/\\\u0000-\u001f\u007f]+$/, 'must be the name of a program without its folder');

/** The number of a process. */
export const pidSchema = z
  .int()
  .min(1)
  .max(2 ** 31 - 1);

/** A user's number on Linux; the last one means none (chown(2)). */
export const uidSchema = z
  .int()
  .min(0)
  .max(2 ** 32 - 2);

/** One consumer of a run's credentials that Stint can see (DESIGN §1, §3). */
export const leaseSchema = z.strictObject({
  leaseId: z.uuid(),
  runId: z.uuid(),
  kind: leaseKindSchema,
  /** The program that uses it, by name; never its arguments. */
  process: leaseProcessSchema.optional(),
  /** The process that it ends with, where it ends with one. */
  pid: pidSchema.optional(),
  /** What limits its credentials, beside what the session may do. */
  ...narrowingSchema.shape,
  openedAt: instantSchema,
  lastUsedAt: instantSchema,
  uses: z.int().min(0),
  closedAt: instantSchema.optional(),
  reason: z.string().max(256).optional(),
});
export type Lease = z.infer<typeof leaseSchema>;
