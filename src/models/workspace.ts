import * as z from 'zod';

export const workspaceVersion = 1;

/** The workspace file. Sessions are checked one by one, so that a broken one costs only itself. */
export const workspaceSchema = z.looseObject({
  version: z.literal(workspaceVersion),
  sessions: z.array(z.unknown()),
  settings: z.looseObject({}),
  integrations: z.array(z.unknown()).optional(),
  identityProviders: z.array(z.unknown()).optional(),
  imports: z.array(z.unknown()).optional(),
});

/** A session entry that could not be read: it stays unchanged in the file and is shown as broken. */
export const brokenSessionSchema = z.object({
  sessionId: z.string().optional(),
  sessionName: z.string().optional(),
  message: z.string().describe('which field is wrong and why'),
});
export type BrokenSession = z.infer<typeof brokenSessionSchema>;
