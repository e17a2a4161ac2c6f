import * as z from 'zod';
import { instantSchema } from './time.ts';

/**
 * What a rotation of access keys left to do. `unfinished`: it was interrupted, or a new key could not be
 * deleted; Stint continues automatically. `old-key-waiting`: the new key is in use, and the old one is
 * deactivated but still there.
 */
export const keyRotationSchema = z.object({
  step: z.enum(['unfinished', 'old-key-waiting']),
  since: instantSchema,
  oldKey: z.string().optional().describe('the old access key id, shortened'),
});
export type KeyRotation = z.infer<typeof keyRotationSchema>;

/** An access key id so that its user can tell it from their other one, and nobody can use it. */
export function shortKeyId(accessKeyId: string): string {
  return accessKeyId.length < 12
    ? `…${accessKeyId.slice(-2)}`
    : `${accessKeyId.slice(0, 4)}…${accessKeyId.slice(-4)}`;
}
