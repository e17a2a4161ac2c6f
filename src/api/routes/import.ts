import {
  importAnswerSchema,
  importRequestSchema,
  importUndoAnswerSchema,
  importUndoRequestSchema,
} from '../../models/import.ts';
import type { ApiApp } from '../context.ts';
import { defineRoute } from '../define-route.ts';
import { refusedInImport, requireOwnerForFiles } from '../owner-only.ts';
import { json, jsonBody } from '../schemas/resource.ts';

const tag = 'import';
/** With a role that may create sessions but not read credentials, the user's own keys stay out of reach. */
const access = { scope: 'sessions:create', roles: ['owner', 'window'] } as const;
const problems = [
  'not-found',
  'already-exists',
  'file-unreadable',
  'file-unwritable',
  'vault-locked',
  'vault-unreadable',
] as const;

const run = defineRoute({
  operationId: 'import',
  method: 'post',
  path: '/v1/import',
  tag,
  summary: 'Import from another tool: a dry run, or with `apply` in one step. Its files stay',
  ...access,
  request: { body: jsonBody(importRequestSchema.meta({ id: 'ImportRequest' })) },
  responses: {
    200: {
      description: 'What the files name, and what becomes of it',
      content: json(importAnswerSchema.meta({ id: 'Import' })),
    },
  },
  problems: [...problems, 'owner-only'],
});

const undo = defineRoute({
  operationId: 'undoImport',
  method: 'post',
  path: '/v1/import/undo',
  tag,
  summary: 'Take the last import back: a dry run, or with `apply` what is unchanged is removed',
  ...access,
  request: { body: jsonBody(importUndoRequestSchema.meta({ id: 'ImportUndoRequest' })) },
  responses: {
    200: {
      description: 'What the import made, and what becomes of it',
      content: json(importUndoAnswerSchema.meta({ id: 'ImportUndo' })),
    },
  },
  problems,
});

export function addImportRoutes(app: ApiApp): void {
  app.openapi(run, async (c) => {
    const request = c.req.valid('json');
    const by = c.get('principal');
    requireOwnerForFiles(by, request);
    const refuses = refusedInImport(by, request);
    return c.json(await c.env.services.imports.import(request, by.subject, refuses), 200);
  });

  app.openapi(undo, async (c) => {
    const { subject } = c.get('principal');
    return c.json(await c.env.services.imports.undo(c.req.valid('json'), subject), 200);
  });
}
