import { z } from 'zod';
import { sessionActionSchema, sessionSchema } from '../../models/session.ts';
import { brokenSessionSchema } from '../../models/workspace.ts';

const own = {
  /** Kept for the owner alone: what readers see as fields is what the next start will use. */
  runFields: true,
} as const;

const read = {
  actions: z.array(sessionActionSchema).describe('what this reader may do with it now'),
};

const [iamUser, federated, chained, sso, azure] = sessionSchema.options;

/** A session as readers see it. */
export const sessionViewSchema = z
  .discriminatedUnion('type', [
    z.object(iamUser.shape).omit(own).extend(read).meta({ id: 'AwsIamUserSession' }),
    z.object(federated.shape).omit(own).extend(read).meta({ id: 'AwsIamRoleFederatedSession' }),
    z.object(chained.shape).omit(own).extend(read).meta({ id: 'AwsIamRoleChainedSession' }),
    z.object(sso.shape).omit(own).extend(read).meta({ id: 'AwsSsoRoleSession' }),
    z.object(azure.shape).omit(own).extend(read).meta({ id: 'AzureSession' }),
  ])
  .meta({ id: 'Session' });
export type SessionView = z.infer<typeof sessionViewSchema>;

export const sessionPageSchema = z
  .object({
    items: z.array(sessionViewSchema),
    nextCursor: z.string().optional().describe('send it as `cursor` for what follows'),
    broken: z
      .array(brokenSessionSchema.meta({ id: 'BrokenSession' }))
      .optional()
      .describe('entries of the workspace that cannot be read; on the first page only'),
  })
  .meta({ id: 'SessionPage' });
