import * as z from 'zod';
import { awsDeliverySchema, azureDeliverySchema } from '../../models/delivery.ts';
import { limitsSchema } from '../../models/session-fields.ts';
import { runViewSchema, sessionActionSchema, sessionSchema } from '../../models/session.ts';
import { brokenSessionSchema } from '../../models/workspace.ts';

const own = {
  /** Internal: readers see the fields that the next start will use. */
  runFields: true,
} as const;

const read = {
  run: runViewSchema.optional(),
  labels: z.array(z.string()),
  pinned: z.boolean(),
  limits: limitsSchema,
  deliveryIsDefault: z.boolean().describe('the session names no delivery: the settings choose it'),
  actions: z.array(sessionActionSchema).describe('what you can do with it now'),
};

const aws = { ...read, delivery: awsDeliverySchema.describe('of the next run') };
const azureCloud = { ...read, delivery: azureDeliverySchema.describe('of the next run') };

const [iamUser, federated, chained, sso, azure] = sessionSchema.options;

/** A session as readers see it. */
export const sessionViewSchema = z
  .discriminatedUnion('type', [
    z.object(iamUser.shape).omit(own).extend(aws).meta({ id: 'AwsIamUserSession' }),
    z.object(federated.shape).omit(own).extend(aws).meta({ id: 'AwsIamRoleFederatedSession' }),
    z.object(chained.shape).omit(own).extend(aws).meta({ id: 'AwsIamRoleChainedSession' }),
    z.object(sso.shape).omit(own).extend(aws).meta({ id: 'AwsSsoRoleSession' }),
    z.object(azure.shape).omit(own).extend(azureCloud).meta({ id: 'AzureSession' }),
  ])
  .meta({ id: 'Session' });
export type SessionView = z.infer<typeof sessionViewSchema>;

export const sessionPageSchema = z
  .object({
    items: z.array(sessionViewSchema),
    nextCursor: z.string().optional().describe('send it as `cursor` for the next page'),
    broken: z
      .array(brokenSessionSchema.meta({ id: 'BrokenSession' }))
      .optional()
      .describe('entries of the workspace that cannot be read; only on the first page'),
  })
  .meta({ id: 'SessionPage' });
