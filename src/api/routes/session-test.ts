import * as z from 'zod';
import type { ApiApp } from '../context.ts';
import { defineRoute } from '../define-route.ts';
import { sessionTestSchema } from '../schemas/session-body.ts';
import { allowed } from '../sessions/edit.ts';
import { fieldsOf } from '../../models/session.ts';

const test = defineRoute({
  operationId: 'testSession',
  method: 'post',
  path: '/v1/sessions/test',
  tag: 'sessions',
  summary: 'Try a session before it is saved: obtain credentials, ask whose they are, drop them',
  scope: 'sessions:start',
  roles: ['owner', 'operator', 'window'],
  request: {
    body: { content: { 'application/json': { schema: sessionTestSchema } }, required: true },
  },
  responses: {
    200: {
      description: 'It works. Nothing was saved, and nobody was asked anything',
      content: {
        'application/json': {
          schema: z
            .object({
              identity: z
                .string()
                .describe('who the cloud says it is: an ARN, or the account at Azure'),
              account: z.string().describe('the AWS account, or the subscription'),
              mfaUntested: z
                .boolean()
                .describe('a start asks for an MFA code, which the test did not'),
            })
            .meta({ id: 'SessionTestResult' }),
        },
      },
    },
  },
  problems: [
    'person-needed',
    'browser-unavailable',
    'secret-missing',
    'secret-unreadable',
    'dependency-missing',
    'cloud-refused',
    'cloud-unreachable',
    'not-found',
    'vault-locked',
    'vault-unreadable',
    'file-unreadable',
  ],
});

export function addSessionTestRoutes(app: ApiApp): void {
  app.openapi(test, async (c) => {
    const { sessions, trials } = c.env.services;
    const { secrets, sessionId, ...fields } = c.req.valid('json');
    const before = sessionId === undefined ? undefined : fieldsOf(sessions.get(sessionId));
    const result = await trials.run({
      fields: allowed(before, fields, c.get('principal')),
      secrets,
      sessionId,
    });
    return c.json(result, 200);
  });
}
