import * as z from 'zod';
import { instantSchema } from './time.ts';

/** Whether the history still is what Stint wrote. */
export const historyVerificationSchema = z
  .object({
    ok: z.boolean().describe('no entry was found changed, removed, inserted or moved'),
    rows: z.int().describe('how many entries the file has'),
    checkedTo: z.int().describe('the entryId up to which every entry is unchanged; 0 for none'),
    vault: z
      .enum(['confirms', 'contradicts', 'locked', 'empty'])
      .describe(
        'what the vault says of the end of the history; `locked` and `empty`: nothing, so entries missing at the end cannot be noticed',
      ),
    firstBad: z
      .object({
        entryId: z.int(),
        at: z.string().describe('when it happened, as the entry says'),
        fault: z
          .enum(['changed', 'unlinked', 'replaced'])
          .describe(
            '`changed`: it does not match its own hash; `unlinked`: the entry before it is not the one it was written after; `replaced`: it is not the entry that the vault knows',
          ),
      })
      .optional()
      .describe('the first entry where something is wrong'),
    missing: z.int().optional().describe('at least how many entries are missing at the end'),
    found: z
      .array(z.object({ entryId: z.int(), at: instantSchema }))
      .describe('when Stint noticed before that the history up to an entry had been changed'),
    message: z.string(),
    next: z.string().optional(),
  })
  .readonly();
export type HistoryVerification = z.infer<typeof historyVerificationSchema>;
