import * as z from 'zod';

/** The layout of the export file; a file of a newer layout is refused. */
export const exportVersion = 1;

/** What every export begins with, so that it is known as one. */
export const exportHeading = '# Sessions of Stint, without secrets.';

export const exportQuerySchema = z.strictObject({
  label: z
    .string()
    .max(64)
    .optional()
    .describe('only sessions with this label, and what they need'),
});

/** The set-up as a file that a team can share, keep in git and import. */
export const exportAnswerSchema = z.object({
  content: z.string().describe('the file: YAML, without secrets and without ids of this machine'),
  sessions: z.int().describe('how many sessions it has'),
  skipped: z
    .array(z.object({ sessionId: z.uuid(), sessionName: z.string(), reason: z.string() }))
    .describe('sessions that it does not have, and why'),
});
export type ExportAnswer = z.infer<typeof exportAnswerSchema>;
