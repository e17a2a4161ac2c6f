import { z } from 'zod';
import type { ApiApp } from '../context.ts';
import { defineRoute } from '../define-route.ts';
import { sessionPath } from '../schemas/parameters.ts';
import { promptViewSchema } from '../schemas/prompt-view.ts';
import { sessionViewSchema } from '../schemas/session-view.ts';
import { viewFor } from '../sessions/actions.ts';

const tag = 'sessions';

const findingSchema = z
  .object({ code: z.string(), message: z.string(), next: z.string() })
  .describe('something of the machine that would keep tools from using the session')
  .meta({ id: 'Finding' });

const leftoverSchema = z
  .object({
    sessionId: z.string(),
    file: z.string(),
    profileName: z.string().optional().describe('of an AWS session'),
    what: z.string(),
    reason: z.string(),
  })
  .describe('what could not be taken away now; it is tried again')
  .meta({ id: 'Leftover' });

const done = {
  description: 'It is active',
  content: {
    'application/json': {
      schema: z
        .object({ session: sessionViewSchema, findings: z.array(findingSchema) })
        .meta({ id: 'StartResult' }),
    },
  },
};

const personNeeded = {
  description: 'A person is needed; the work goes on and is followed on /v1/events',
  content: {
    'application/json': {
      schema: z
        .object({
          session: sessionViewSchema,
          prompts: z.array(promptViewSchema),
          findings: z.array(findingSchema),
        })
        .meta({ id: 'PendingResult' }),
    },
  },
};

const obtainProblems = [
  'owner-ending',
  'session-ended',
  'owner-ending',
  'browser-unavailable',
  'secret-missing',
  'secret-unreadable',
  'dependency-missing',
  'prompt-expired',
  'cloud-refused',
  'cloud-unreachable',
  'type-unsupported',
  'vault-locked',
  'vault-unreadable',
  'file-unreadable',
  'file-unwritable',
] as const;

const start = defineRoute({
  operationId: 'startSession',
  method: 'post',
  path: '/v1/sessions/{id}/start',
  tag,
  summary: 'Make the credentials of a session available',
  scope: 'sessions:start',
  bound: 'own-session',
  request: {
    params: sessionPath,
    body: {
      content: {
        'application/json': {
          schema: z.strictObject({
            replaceSection: z
              .boolean()
              .optional()
              .describe('a section of your own under the profile name is put aside until the stop'),
            callerEnvironment: z
              .array(z.string().min(1).max(256))
              .max(4096)
              .optional()
              .describe('names of the environment variables set where the start is asked for'),
            untilLastLease: z
              .boolean()
              .optional()
              .describe('for a command alone: stop it with its last lease, if this starts it'),
            unattended: z
              .boolean()
              .optional()
              .describe('nobody is there: refuse where a person would be asked'),
          }),
        },
      },
    },
  },
  responses: { 200: done, 202: personNeeded },
  problems: [...obtainProblems, 'section-occupied', 'session-archived', 'person-needed'],
});

const rotate = defineRoute({
  operationId: 'rotateSession',
  method: 'post',
  path: '/v1/sessions/{id}/rotate',
  tag,
  summary: 'Replace the credentials of an active session with fresh ones',
  scope: 'sessions:rotate',
  bound: 'own-session',
  request: { params: sessionPath },
  responses: { 200: done, 202: personNeeded },
  problems: [...obtainProblems, 'session-not-active'],
});

const stop = defineRoute({
  operationId: 'stopSession',
  method: 'post',
  path: '/v1/sessions/{id}/stop',
  tag,
  summary: 'Take the credentials of a session away; stopping twice does no harm',
  scope: 'sessions:stop',
  bound: 'own-session',
  request: { params: sessionPath },
  responses: {
    200: {
      description: 'It is inactive',
      content: {
        'application/json': {
          schema: z
            .object({
              session: sessionViewSchema,
              issuedUntil: z
                .string()
                .optional()
                .describe('until when copies made elsewhere still work: they cannot be revoked'),
              leftovers: z.array(leftoverSchema),
              historyWritten: z.boolean(),
            })
            .meta({ id: 'StopResult' }),
        },
      },
    },
  },
});

const forget = defineRoute({
  operationId: 'forgetSession',
  method: 'post',
  path: '/v1/sessions/{id}/forget',
  tag,
  summary: 'Drop the sign-in kept for the next start, which will ask again',
  scope: 'sessions:update',
  bound: 'own-session',
  request: { params: sessionPath },
  responses: { 204: { description: 'Nothing is kept' } },
  problems: ['vault-locked', 'vault-unreadable', 'file-unwritable'],
});

export function addOperationRoutes(app: ApiApp): void {
  app.openapi(start, async (c) => {
    const by = c.get('principal');
    const { replaceSection, callerEnvironment, untilLastLease, unattended } = c.req.valid('json');
    const { session, prompts, findings } = await c.env.services.sessions.start(
      c.req.valid('param').id,
      {
        by: by.subject,
        ...(replaceSection === undefined ? {} : { replaceSection }),
        ...(callerEnvironment === undefined ? {} : { callerEnvironment }),
        ...(untilLastLease === undefined ? {} : { untilLastLease }),
        ...(unattended === undefined ? {} : { unattended }),
      },
    );
    const view = { session: viewFor(session, by), findings: [...findings] };
    return prompts.length === 0
      ? c.json(view, 200)
      : c.json({ ...view, prompts: [...prompts] }, 202);
  });

  app.openapi(rotate, async (c) => {
    const by = c.get('principal');
    const { session, prompts, findings } = await c.env.services.sessions.rotate(
      c.req.valid('param').id,
      { by: by.subject },
    );
    const view = { session: viewFor(session, by), findings: [...findings] };
    return prompts.length === 0
      ? c.json(view, 200)
      : c.json({ ...view, prompts: [...prompts] }, 202);
  });

  app.openapi(stop, async (c) => {
    const by = c.get('principal');
    const outcome = await c.env.services.sessions.stop(c.req.valid('param').id, { by: by.subject });
    return c.json(
      { ...outcome, session: viewFor(outcome.session, by), leftovers: [...outcome.leftovers] },
      200,
    );
  });

  app.openapi(forget, async (c) => {
    await c.env.services.sessions.forget(c.req.valid('param').id, {
      by: c.get('principal').subject,
    });
    return c.body(null, 204);
  });
}
