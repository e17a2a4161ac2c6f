import * as z from 'zod';
import { releaseSchema } from '../../models/release.ts';
import { instantSchema } from '../../models/time.ts';
import type { ApiApp } from '../context.ts';
import { defineRoute } from '../define-route.ts';
import { json } from '../schemas/resource.ts';

const tag = 'owner';

const stateSchema = z
  .object({
    version: z.string().describe('of the owner'),
    off: z.string().optional().describe('why Stint does not look by itself, if it does not'),
    newer: releaseSchema
      .pick({ version: true, publishedAt: true, page: true })
      .optional()
      .describe('the latest release, if it is newer'),
    checkedAt: instantSchema.optional().describe('when that was last known'),
  })
  .meta({ id: 'ReleaseState' });

const read = defineRoute({
  operationId: 'getRelease',
  method: 'get',
  path: '/v1/release',
  tag,
  summary: 'Read whether there is a newer release. Stint looks for one at most once a day',
  scope: 'settings:read',
  responses: { 200: { description: 'What is known', content: json(stateSchema) } },
});

const check = defineRoute({
  operationId: 'checkRelease',
  method: 'post',
  path: '/v1/release/check',
  tag,
  summary: 'Look for a newer release now',
  scope: 'settings:update',
  responses: { 200: { description: 'What is known now', content: json(stateSchema) } },
  problems: [
    'release-untrusted',
    'cloud-unreachable',
    'cloud-refused',
    'file-unreadable',
    'file-unwritable',
  ],
});

export function addReleaseRoutes(app: ApiApp): void {
  app.openapi(read, async (c) =>
    c.json(stateSchema.parse(await c.env.services.releases.state()), 200),
  );
  app.openapi(check, async (c) =>
    c.json(stateSchema.parse(await c.env.services.releases.check()), 200),
  );
}
