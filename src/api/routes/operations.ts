import * as z from 'zod';
import { screenSchema } from '../../models/screen.ts';
import type { Finding } from '../../services/delivery/delivery.ts';
import type { ApiApp, ApiContext } from '../context.ts';
import { defineRoute } from '../define-route.ts';
import { requireOwnerForScreen } from '../owner-only.ts';
import { leftoverSchema } from '../schemas/leftover.ts';
import { sessionPath } from '../schemas/parameters.ts';
import { promptViewSchema } from '../schemas/prompt-view.ts';
import { sessionViewSchema } from '../schemas/session-view.ts';
import { viewFor } from '../sessions/actions.ts';
import { withSessionNames } from '../sessions/name-hints.ts';

const tag = 'sessions';

const findingSchema = z
  .object({ code: z.string(), message: z.string(), next: z.string() })
  .describe('something on this machine that keeps tools from using the session')
  .meta({ id: 'Finding' });

const done = {
  description: 'The session, active',
  content: {
    'application/json': {
      schema: z
        .object({ session: sessionViewSchema, findings: z.array(findingSchema) })
        .meta({ id: 'StartResult' }),
    },
  },
};

const personNeeded = {
  description:
    'Somebody has to answer a question. The work then continues; follow it on /v1/events',
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
  summary: 'Start a session: make its credentials available',
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
              .describe(
                'move your own section of the profile name aside while the session is active',
              ),
            callerEnvironment: z
              .array(z.string().min(1).max(256))
              .max(4096)
              .optional()
              .describe('names of the environment variables of the caller'),
            screen: screenSchema
              .optional()
              .describe(
                'the screen of the caller (Linux), for a window that this start opens; the owner’s token on the socket only',
              ),
            untilLastLease: z
              .boolean()
              .optional()
              .describe(
                'started for one command: stop the session with its last lease, if this request starts it',
              ),
            unattended: z
              .boolean()
              .optional()
              .describe('nobody is there: refuse instead of asking a question'),
          }),
        },
      },
    },
  },
  responses: { 200: done, 202: personNeeded },
  problems: [
    ...obtainProblems,
    'owner-only',
    'section-occupied',
    'session-archived',
    'person-needed',
  ],
});

const rotate = defineRoute({
  operationId: 'rotateSession',
  method: 'post',
  path: '/v1/sessions/{id}/rotate',
  tag,
  summary: 'Rotate a session: replace its credentials with fresh ones',
  scope: 'sessions:rotate',
  bound: 'own-session',
  request: { params: sessionPath },
  responses: { 200: done, 202: personNeeded },
  problems: [...obtainProblems, 'session-not-active'],
});

const extend = defineRoute({
  operationId: 'extendSession',
  method: 'post',
  path: '/v1/sessions/{id}/extend',
  tag,
  summary: 'Extend a session: raise the maximum duration of its run',
  scope: 'sessions:start',
  bound: 'own-session',
  request: {
    params: sessionPath,
    body: {
      content: {
        'application/json': {
          schema: z
            .strictObject({
              seconds: z
                .int()
                .min(1)
                .max(31_536_000)
                .optional()
                .describe('how much longer the run may last; an hour if omitted'),
            })
            .meta({ id: 'ExtendBody' }),
        },
      },
    },
  },
  responses: {
    200: {
      description: 'The session, with the new end in `run.endsAt`',
      content: {
        'application/json': {
          schema: z.object({ session: sessionViewSchema }).meta({ id: 'ExtendResult' }),
        },
      },
    },
  },
  problems: ['session-not-active', 'session-archived', 'not-extendable', 'file-unwritable'],
});

const stop = defineRoute({
  operationId: 'stopSession',
  method: 'post',
  path: '/v1/sessions/{id}/stop',
  tag,
  summary: 'Stop a session: remove its credentials. Stopping it twice is not an error',
  scope: 'sessions:stop',
  bound: 'own-session',
  request: { params: sessionPath },
  responses: {
    200: {
      description: 'The session, inactive',
      content: {
        'application/json': {
          schema: z
            .object({
              session: sessionViewSchema,
              issuedUntil: z
                .string()
                .optional()
                .describe(
                  'until when copies of the credentials still work: the cloud cannot revoke them',
                ),
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
  summary: 'Forget the sign-in of a session, so that its next start asks again',
  scope: 'sessions:update',
  bound: 'own-session',
  request: { params: sessionPath },
  responses: { 204: { description: 'The sign-in was forgotten' } },
  problems: ['vault-locked', 'vault-unreadable', 'file-unwritable'],
});

export function addOperationRoutes(app: ApiApp): void {
  app.openapi(start, async (c) => {
    const by = c.get('principal');
    const { replaceSection, callerEnvironment, screen, untilLastLease, unattended } =
      c.req.valid('json');
    if (screen !== undefined) requireOwnerForScreen(by, c.env.connection);
    const { session, prompts, findings } = await c.env.services.sessions.start(
      c.req.valid('param').id,
      {
        by: by.subject,
        ...(replaceSection === undefined ? {} : { replaceSection }),
        ...(callerEnvironment === undefined ? {} : { callerEnvironment }),
        ...(screen === undefined ? {} : { screen }),
        ...(untilLastLease === undefined ? {} : { untilLastLease }),
        ...(unattended === undefined ? {} : { unattended }),
      },
    );
    const view = { session: viewFor(session, by, c.env.services), findings: named(c, findings) };
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
    const view = { session: viewFor(session, by, c.env.services), findings: named(c, findings) };
    return prompts.length === 0
      ? c.json(view, 200)
      : c.json({ ...view, prompts: [...prompts] }, 202);
  });

  app.openapi(extend, async (c) => {
    const by = c.get('principal');
    const { seconds = 3600 } = c.req.valid('json');
    const { id } = c.req.valid('param');
    const session = await c.env.services.sessions.extend(id, { seconds, by: by.subject });
    return c.json({ session: viewFor(session, by, c.env.services) }, 200);
  });

  app.openapi(stop, async (c) => {
    const by = c.get('principal');
    const outcome = await c.env.services.sessions.stop(c.req.valid('param').id, { by: by.subject });
    return c.json(
      {
        ...outcome,
        session: viewFor(outcome.session, by, c.env.services),
        leftovers: [...outcome.leftovers],
      },
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

function named(c: ApiContext, findings: readonly Finding[]): Finding[] {
  return findings.map((one) => ({
    ...one,
    next: withSessionNames(one.next, () => c.env.services.sessions.list()),
  }));
}
