import * as z from 'zod';
import { historyKindSchema } from '../../models/history.ts';
import { instantSchema } from '../../models/time.ts';
import type { HistoryQuery } from '../../services/history/history.ts';
import type { ApiContext } from '../context.ts';

/** Which entries of the history, in a query. */
export const historyFilter = z.strictObject({
  session: z.string().max(128).optional().describe('a sessionId, also of a removed session'),
  kind: historyKindSchema.optional(),
  actor: z
    .string()
    .max(128)
    .optional()
    .describe('who asked: `owner`, `window`, `stint`, or the name or id of a client token'),
  detail: z
    .string()
    .min(1)
    .max(256)
    .optional()
    .describe('why a run or lease ended, or a part of the message'),
  except: z
    .union([historyKindSchema, z.array(historyKindSchema).max(historyKindSchema.options.length)])
    .optional()
    .describe('a kind to leave out; repeat it for several'),
  from: instantSchema.optional(),
  to: instantSchema.optional(),
});

/** A reader whose token is bound to one session gets that session's entries alone. */
export function filterFor(
  c: ApiContext,
  { except = [], ...query }: z.infer<typeof historyFilter>,
): HistoryQuery {
  const session = c.get('principal').sessionId ?? query.session;
  return { ...query, except: [except].flat(), ...(session === undefined ? {} : { session }) };
}
