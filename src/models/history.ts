import * as z from 'zod';
import { endReasonSchema } from './lifecycle.ts';
import { roleSchema } from './scope.ts';
import { instantSchema } from './time.ts';

export const historyKindSchema = z.enum([
  'session-created',
  'session-updated',
  'session-removed',
  'session-started',
  'session-rotated',
  'session-stopped',
  'rotation-failed',
  'credentials-expired',
  'session-ending',
  'session-extended',
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
  'identity-provider-created',
  'identity-provider-updated',
  'identity-provider-removed',
  'settings-updated',
  'credentials-read',
  'import-applied',
  'import-undone',
  'token-issued',
  'token-revoked',
  'keys-reset',
  'vault-locked',
  'vault-unlocked',
  'vault-rewrapped',
  'key-created',
  'key-deactivated',
  'key-deleted',
  'key-rotation-failed',
]);
export type HistoryKind = z.infer<typeof historyKindSchema>;

/** A field that was changed. No `from`: it was not set; no `to`: it was removed; neither: not shown. */
export const changedFieldSchema = z.object({
  field: z.string(),
  from: z.unknown().optional(),
  to: z.unknown().optional(),
});
export type ChangedField = z.infer<typeof changedFieldSchema>;

/** By which way somebody asked. */
export const actorSchema = z.object({
  role: roleSchema,
  /** Of the client token; missing for the owner and the desktop app. */
  tokenId: z.string().optional(),
  /** Who signed it, if not this Stint: the trusted issuer. */
  issuer: z.string().optional(),
  via: z.enum(['socket', 'port', 'desktop-app']),
});
export type Actor = z.infer<typeof actorSchema>;

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
  /** Who asked: a principal's subject, `lease` for the holder of a lease, or `stint` for its own work. */
  by: z.string(),
  /** More about who asked, where somebody did by the API. */
  actor: actorSchema.optional(),
  /** What an edit changed. */
  changes: z.array(changedFieldSchema).readonly().optional(),
  /** The session's effective fields when its run started, without secrets. */
  snapshot: z.record(z.string(), z.unknown()).optional(),
});
export type HistoryEntry = z.infer<typeof historyEntrySchema>;
export type NewHistoryEntry = Omit<HistoryEntry, 'entryId' | 'at' | 'actor'>;
