import * as z from 'zod';
import { instantSchema } from './time.ts';

const changeKinds = [
  'section',
  'subscription',
  'account',
  'tokens',
  'stash',
  'published-profile',
  'file',
  'journal',
  'lease-folder',
  'azure-folder',
  'home',
  'agent',
  'browser',
  'service',
  'keychain',
] as const;
export type ChangeKind = (typeof changeKinds)[number];

/** One thing that Stint holds on this machine: what it wrote, or keeps of the user's until a stop. */
export const changeSchema = z.object({
  id: z.string().describe('stays the same as long as Stint holds it'),
  kind: z.enum(changeKinds),
  file: z.string().optional().describe('the file or folder'),
  what: z.string().describe('in words'),
  session: z
    .object({ sessionId: z.string(), sessionName: z.string().optional() })
    .optional()
    .describe('the session it belongs to; without a name where that is no longer there'),
  since: instantSchema.optional(),
  restorable: z.boolean().describe('whether it can be put back by itself'),
  how: z.string().describe('what putting it back does, or what to do instead'),
});
export type Change = Readonly<z.infer<typeof changeSchema>>;
