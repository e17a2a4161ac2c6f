import * as z from 'zod';
import { settingsPatchSchema, settingsSchema } from '../../models/settings.ts';
import type { ApiApp } from '../context.ts';
import { defineRoute } from '../define-route.ts';
import { notAPatch } from '../merge-patch.ts';
import { requireOwnerForSettings } from '../owner-only.ts';

const tag = 'settings';
const vaultProblems = ['vault-locked', 'vault-unreadable'] as const;
const settings = {
  'application/json': { schema: settingsSchema.meta({ id: 'Settings' }) },
};
const patchSchema = z
  .strictObject(settingsPatchSchema.shape, {
    error: ({ code }) => (code === 'invalid_type' ? notAPatch : undefined),
  })
  .meta({ id: 'SettingsPatch' });

const read = defineRoute({
  operationId: 'getSettings',
  method: 'get',
  path: '/v1/settings',
  tag,
  summary: 'Read the settings',
  scope: 'settings:read',
  responses: { 200: { description: 'The settings', content: settings } },
});

const patch = defineRoute({
  operationId: 'updateSettings',
  method: 'patch',
  path: '/v1/settings',
  tag,
  summary: 'Change some settings (RFC 7396). null removes an optional one',
  scope: 'settings:update',
  request: {
    body: {
      content: {
        'application/merge-patch+json': { schema: patchSchema },
        'application/json': { schema: patchSchema },
      },
      required: true,
    },
  },
  responses: { 200: { description: 'The changed settings', content: settings } },
  problems: [
    'owner-only',
    'file-unwritable',
    'file-unreadable',
    'section-occupied',
    ...vaultProblems,
  ],
});

export function addSettingsRoutes(app: ApiApp): void {
  app.openapi(read, (c) => c.json(c.env.services.settings.current(), 200));

  app.openapi(patch, async (c) => {
    const { settings } = c.env.services;
    const change = c.req.valid('json');
    requireOwnerForSettings(c.get('principal'), change, settings.current());
    return c.json(await settings.change(change, c.get('principal').subject), 200);
  });
}
