import * as z from 'zod';
import type { PublishedProfile } from '../published-profiles.ts';
import { Journal } from '../shared/journal.ts';

/*
 * Which profiles are published. The list is what counts: it is written before the file is, and every
 * sweep makes the block in the file like it.
 */

const row = z.object({
  sessionId: z.string(),
  profileName: z.string(),
  file: z.string(),
  region: z.string(),
  endpointUrl: z.string().optional(),
});

/** The file says `profiles`. */
const schema = z.codec(
  z.object({ version: z.literal(1), profiles: z.array(row) }),
  z.custom<{
    readonly written: readonly PublishedProfile[];
    readonly stashed: readonly never[];
    readonly made: readonly never[];
  }>(),
  {
    decode: ({ profiles }) => ({ written: profiles, stashed: [], made: [] }),
    encode: ({ written }) => ({ version: 1 as const, profiles: [...written] }),
  },
);

export type PublishedJournal = Journal<PublishedProfile, never, never>;

/** `file`: in Stint's home. `published`: what the block in the user's file says. */
export function publishedJournal(
  file: string,
  published: () => Promise<readonly PublishedProfile[]>,
): PublishedJournal {
  return new Journal({ file, schema, known: async () => ({ written: await published() }) });
}
