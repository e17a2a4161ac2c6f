import * as z from 'zod';

export const leftoverSchema = z
  .object({
    sessionId: z.string(),
    file: z.string(),
    profileName: z.string().optional().describe('for an AWS session'),
    what: z.string(),
    reason: z.string(),
  })
  .describe('what could not be removed; Stint tries again every minute')
  .meta({ id: 'Leftover' });
