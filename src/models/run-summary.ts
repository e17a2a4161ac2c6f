import * as z from 'zod';
import { endReasonSchema } from './lifecycle.ts';
import { instantSchema } from './time.ts';

/** One run of a session, from start to stop, made from the history. */
export const runSummarySchema = z.object({
  runId: z.string(),
  startedAt: instantSchema,
  startedBy: z.string(),
  /** Missing while it is running. */
  endedAt: instantSchema.optional(),
  /** The session's fields at the start. */
  snapshot: z.record(z.string(), z.unknown()).optional(),
  reason: endReasonSchema.optional(),
  message: z.string().optional(),
  /** How often its credentials were renewed. */
  renewals: z.int().min(0),
  /** When they were last renewed. */
  renewedAt: instantSchema.optional(),
});
export type RunSummary = z.infer<typeof runSummarySchema>;
