import * as z from 'zod';
import { profileNameSchema } from './delivery.ts';
import { sessionStatusSchema } from './lifecycle.ts';

/** A session that uses a profile name. */
const profileSessionSchema = z.object({
  sessionId: z.string(),
  sessionName: z.string(),
  region: z.string(),
  delivery: z.string(),
  status: sessionStatusSchema,
  deliveredAs: z
    .string()
    .optional()
    .describe('the name that its run is delivered under until it ends, where that is another one'),
});

export const profileSchema = z
  .object({
    profileName: z.string(),
    sessions: z.array(profileSessionSchema),
    published: z.boolean().describe('whether `stint profile publish` keeps it in the config file'),
    publishedFor: z.string().optional().describe('the sessionId that a published profile asks for'),
    sessionGone: z
      .boolean()
      .optional()
      .describe('true: the session of the published profile is gone'),
    warning: z.string().optional().describe('why some AWS SDKs ignore a profile of this name'),
  })
  .meta({ id: 'Profile' });
export type Profile = z.infer<typeof profileSchema>;

export const renamedProfileSchema = z
  .object({ items: z.array(profileSessionSchema) })
  .meta({ id: 'RenamedProfile' });
export type RenamedProfile = z.infer<typeof renamedProfileSchema>;

export const profileRenameSchema = z
  .strictObject({ from: z.string().min(1), to: profileNameSchema })
  .meta({ id: 'ProfileRename' });

const chosen = {
  profileNames: z.array(z.string().min(1)).max(5000).optional(),
  all: z.boolean().optional().describe('every profile'),
  dryRun: z.boolean().optional().describe('only answer what would change'),
};

export const profilePublicationSchema = z
  .strictObject({
    ...chosen,
    prune: z.boolean().optional().describe('remove published profiles whose session is gone'),
  })
  .meta({ id: 'ProfilePublication' });

export const profileUnpublicationSchema = z.strictObject(chosen);

export const publicationResultSchema = z
  .object({
    file: z.string().describe('the AWS config file'),
    published: z.array(z.string()).describe('the names that are published then'),
    changes: z.array(
      z.object({
        profileName: z.string(),
        before: z.string().optional().describe('the section before; missing where it is new'),
        after: z.string().optional().describe('the section then; missing where it is removed'),
      }),
    ),
    skipped: z.array(z.object({ profileName: z.string(), reason: z.string() })),
  })
  .meta({ id: 'PublicationResult' });
export type PublicationResult = z.infer<typeof publicationResultSchema>;
