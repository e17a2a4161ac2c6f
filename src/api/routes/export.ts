import { exportAnswerSchema, exportQuerySchema } from '../../models/export.ts';
import { Problem } from '../../models/problem.ts';
import type { ApiApp } from '../context.ts';
import { defineRoute } from '../define-route.ts';
import { json } from '../schemas/resource.ts';

const read = defineRoute({
  operationId: 'exportSetUp',
  method: 'get',
  path: '/v1/export',
  tag: 'import and export',
  summary: 'Sessions, integrations and identity providers as a file to share, without secrets',
  scope: 'sessions:read',
  request: { query: exportQuerySchema },
  responses: {
    200: {
      description: 'The file, and what it does not have',
      content: json(exportAnswerSchema.meta({ id: 'Export' })),
    },
  },
});

export function addExportRoutes(app: ApiApp): void {
  app.openapi(read, async (c) => {
    if (!c.get('principal').scopes.has('integrations:read')) {
      throw new Problem('scope-missing', {
        detail: 'An export has integrations too, which the client token does not allow to read.',
        next: 'Use a client token with the scope integrations:read as well.',
      });
    }
    const { sessions, integrations, identityProviders } = c.env.services;
    const { exportSetUp } = await import('../../services/export/export-sessions.ts');
    const answer = exportSetUp(
      {
        sessions: sessions.list(),
        integrations: integrations.list(),
        identityProviders: identityProviders.list(),
      },
      c.req.valid('query'),
    );
    return c.json(answer, 200);
  });
}
