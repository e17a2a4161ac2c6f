import { z } from 'zod';
import { endReasonSchema } from './lifecycle.ts';
import { instantSchema } from './time.ts';

export const historyKindSchema = z.enum([
  'session-created',
  'session-updated',
  'session-removed',
  'session-started',
  'session-rotated',
  'session-stopped',
  'rotation-failed',
  'section-restored',
  'lease-opened',
  'lease-closed',
  'prompt-raised',
  'prompt-closed',
  'login',
  'logout',
  'integration-created',
  'integration-updated',
  'integration-removed',
  'integration-synced',
  'token-issued',
  'token-revoked',
  'keys-reset',
]);
export type HistoryKind = z.infer<typeof historyKindSchema>;

/** One thing that happened. Entries are only ever added. */
export const historyEntrySchema = z.object({
  /** Grows by one with each entry. */
  entryId: z.int(),
  at: instantSchema,
  kind: historyKindSchema,
  sessionId: z.string().optional(),
  /** The name it had then. */
  sessionName: z.string().optional(),
  runId: z.string().optional(),
  reason: endReasonSchema.optional(),
  message: z.string().optional(),
  /** Who asked: a principal's subject, or `stint` for its own work. */
  by: z.string(),
  /** The session's effective fields when its run started, without secrets. */
  snapshot: z.record(z.string(), z.unknown()).optional(),
});
export type HistoryEntry = z.infer<typeof historyEntrySchema>;
export type NewHistoryEntry = Omit<HistoryEntry, 'entryId' | 'at'>;
