import * as z from 'zod';
import { sessionStatusSchema } from '../../models/lifecycle.ts';
import { sessionTypeSchema } from '../../models/session-fields.ts';
import { instantSchema } from '../../models/time.ts';
import { text } from '../schemas/list-filter.ts';
import { flag, limitUpTo } from '../schemas/parameters.ts';
import { fieldsSchema } from './fields.ts';
import { sortSchema } from './page.ts';

/** Which sessions, in which order and how many, in the query of a list. */
export const sessionQuery = z.strictObject({
  active: flag.optional().describe('only active sessions, or only those that are not'),
  archived: flag.optional().describe('also archived sessions'),
  hidden: flag.optional().describe('also hidden sessions that are not running'),
  status: sessionStatusSchema.optional(),
  type: sessionTypeSchema.optional(),
  region: text.optional().describe('region or location'),
  name: text.optional(),
  environment: text.optional(),
  role: text.optional().describe('name or ARN of the role'),
  delivery: text.optional(),
  startedFrom: instantSchema.optional().describe('last started then or later'),
  startedTo: instantSchema.optional().describe('last started then or earlier'),
  endsFrom: instantSchema.optional().describe('its credentials or its run end then or later'),
  endsTo: instantSchema.optional().describe('its credentials or its run end then or earlier'),
  id: text.optional().describe('the sessionId'),
  account: text.optional().describe('id or name of the account or subscription'),
  profile: text.optional().describe('name of the profile'),
  integration: text.optional().describe('the integrationId'),
  parent: text.optional().describe('the sessionId of the session before it in the chain'),
  idp: text.optional().describe('the idpId of its identity provider'),
  pinned: flag.optional(),
  q: z.string().max(256).optional().describe('part of a name, account, role, region or label'),
  accessKeyId: z
    .string()
    .max(128)
    .optional()
    .describe('only the active AWS session whose current credentials have this access key id'),
  label: z
    .union([z.string().max(64), z.array(z.string().max(64)).max(50)])
    .optional()
    .describe('repeat it for several; a session must have all of them'),
  sort: sortSchema
    .optional()
    .describe(
      'if omitted, the order of the window; `starts`: how often it was started in the last 90 days',
    ),
  fields: fieldsSchema
    .optional()
    .describe(
      'only these fields of each session, separated by commas, with `sessionId` and `type`',
    ),
  limit: limitUpTo(5000),
  cursor: z.string().max(2048).optional(),
});
