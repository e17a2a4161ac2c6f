import * as z from 'zod';
import { instantSchema } from './time.ts';
import { httpsUrlSchema } from './url.ts';

/** What is published about the latest release, with a signature beside it. */
export const releaseSchema = z.object({
  name: z.literal('stint'),
  version: z.string().regex(/^\d{1,9}\.\d{1,9}\.\d{1,9}$/),
  publishedAt: instantSchema,
  /** After that it is not believed any more: somebody may keep newer ones back. */
  expires: instantSchema,
  page: httpsUrlSchema.optional().describe('where to read about it and get it'),
});
export type Release = z.infer<typeof releaseSchema>;

/** Where releases are published, and the minisign key that signs them. */
export interface ReleaseFeed {
  readonly address: string;
  readonly publicKey: string;
}

/** Why this Stint does not look for newer releases, as a sentence. */
export interface NoReleaseFeed {
  readonly off: string;
}

export type ReleaseSource = ReleaseFeed | NoReleaseFeed;
