import {
  profilePublicationSchema,
  profileRenameSchema,
  profileSchema,
  profileUnpublicationSchema,
  publicationResultSchema,
  renamedProfileSchema,
} from '../../models/profile.ts';
import type { ApiApp } from '../context.ts';
import { defineRoute } from '../define-route.ts';
import { profileFilter } from '../schemas/list-filters.ts';
import { json, jsonBody, listAnswer } from '../schemas/resource.ts';

const tag = 'profiles';
const fileProblems = ['file-unwritable', 'file-unreadable'] as const;

const list = defineRoute({
  operationId: 'listProfiles',
  method: 'get',
  path: '/v1/profiles',
  tag,
  summary: 'List the AWS profiles that Stint uses, and which of them are published',
  scope: 'settings:read',
  request: { query: profileFilter.query },
  responses: listAnswer(profileSchema, 'ProfileList'),
  problems: ['file-unreadable'],
});

const rename = defineRoute({
  operationId: 'renameProfile',
  method: 'post',
  path: '/v1/profiles/rename',
  tag,
  summary:
    'Rename a profile: its sessions use the new name. A run keeps the name it was delivered under until it ends',
  scope: 'sessions:update',
  request: { body: jsonBody(profileRenameSchema) },
  responses: {
    200: {
      description: 'The sessions that use the new name',
      content: json(renamedProfileSchema),
    },
  },
  problems: [
    'not-found',
    'already-exists',
    'section-occupied',
    'vault-locked',
    'vault-unreadable',
    ...fileProblems,
  ],
});

const result = {
  200: {
    description: 'What changed in the AWS config file, or would change',
    content: json(publicationResultSchema),
  },
} as const;

const publish = defineRoute({
  operationId: 'publishProfiles',
  method: 'post',
  path: '/v1/profiles/publish',
  tag,
  summary:
    'Publish profiles: permanent ones in the AWS config file that run `stint credentials`. Never takes over a profile of the user’s own',
  scope: 'settings:update',
  request: { body: jsonBody(profilePublicationSchema) },
  responses: result,
  problems: ['not-found', ...fileProblems],
});

const unpublish = defineRoute({
  operationId: 'unpublishProfiles',
  method: 'post',
  path: '/v1/profiles/unpublish',
  tag,
  summary: 'Remove published profiles from the AWS config file, byte for byte',
  scope: 'settings:update',
  request: { body: jsonBody(profileUnpublicationSchema.meta({ id: 'ProfileUnpublication' })) },
  responses: result,
  problems: ['not-found', ...fileProblems],
});

export function addProfileRoutes(app: ApiApp): void {
  app.openapi(list, async (c) => {
    const asked = c.req.valid('query');
    const all = await c.env.services.profiles.list();
    return c.json({ items: all.filter((one) => profileFilter.fits(one, asked)) }, 200);
  });

  app.openapi(rename, async (c) => {
    const { from, to } = c.req.valid('json');
    return c.json(await c.env.services.profiles.rename(from, to, c.get('principal').subject), 200);
  });

  app.openapi(publish, async (c) =>
    c.json(await c.env.services.profiles.publish(c.req.valid('json')), 200),
  );

  app.openapi(unpublish, async (c) =>
    c.json(await c.env.services.profiles.unpublish(c.req.valid('json')), 200),
  );
}
