import * as z from 'zod';
import { historyKindSchema } from './history.ts';
import { identityProviderSchema } from './identity-provider.ts';
import { integrationViewSchema } from './integration.ts';
import { promptSchema } from './prompt.ts';
import { sessionSchema } from './session.ts';

/**
 * What changed, as sent on `/v1/events`. A session event carries the whole session with its
 * `revision`: a reader ignores one that is older than what it holds.
 */
export const stintEventSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('session'), session: sessionSchema }),
  z.object({ type: z.literal('session-removed'), sessionId: z.uuid() }),
  z.object({ type: z.literal('prompt'), prompt: promptSchema }),
  z.object({
    type: z.literal('prompt-closed'),
    promptId: z.uuid(),
    outcome: z.enum(['answered', 'cancelled', 'expired']),
  }),
  z.object({ type: z.literal('integration'), integration: integrationViewSchema }),
  z.object({ type: z.literal('integration-removed'), integrationId: z.uuid() }),
  z.object({ type: z.literal('idp'), idp: identityProviderSchema }),
  z.object({ type: z.literal('idp-removed'), idpId: z.uuid() }),
  /** An entry was added; `GET /v1/history` returns it. */
  z.object({
    type: z.literal('history'),
    kind: historyKindSchema,
    sessionId: z.string().optional(),
  }),
  z.object({ type: z.literal('settings') }),
  z.object({ type: z.literal('vault'), locked: z.boolean() }),
]);
export type StintEvent = z.infer<typeof stintEventSchema>;
