import { z } from 'zod';
import { endReasonSchema } from './lifecycle.ts';
import { instantSchema } from './time.ts';

/** One stretch of a session from start to stop, as recorded in the history. */
export const runSummarySchema = z.object({
  runId: z.string(),
  startedAt: instantSchema,
  startedBy: z.string(),
  /** Missing while it is active. */
  endedAt: instantSchema.optional(),
  reason: endReasonSchema.optional(),
  message: z.string().optional(),
  /** How often its credentials were renewed. */
  renewals: z.int().min(0),
  /** The last time that was. */
  renewedAt: instantSchema.optional(),
});
export type RunSummary = z.infer<typeof runSummarySchema>;
