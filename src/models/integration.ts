import { z } from 'zod';
import { isLoopback } from './loopback.ts';
import { regionSchema } from './session-fields.ts';
import { instantSchema } from './time.ts';

const secureUrl = z
  .url({ protocol: /^https?$/ })
  .refine((url) => url.startsWith('https:') || isLoopback(url), 'must be https');

const every = {
  integrationId: z.uuid(),
  name: z.string().trim().min(1).max(128),
  scopes: z.array(z.string().min(1).max(256)).max(50).optional(),
  clientId: z.string().min(1).max(256).optional(),
  status: z.enum(['logged-out', 'logging-in', 'logged-in']),
  loggedInUntil: instantSchema.optional(),
  lastSync: instantSchema.optional(),
};

/** A source of sessions that is kept in step with its provider (DESIGN §3). */
export const integrationSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    ...every,
    kind: z.literal('awsSso'),
    region: regionSchema,
    startUrl: secureUrl,
  }),
  z.strictObject({
    ...every,
    kind: z.literal('azure'),
    /** A tenant's id, or one of its domains. */
    tenantId: z.string().regex(/^[A-Za-z0-9.-]{1,253}$/, 'must be a tenant id or domain'),
  }),
]);
export type Integration = z.infer<typeof integrationSchema>;
