import * as z from 'zod';
import { Problem } from '../../models/problem.ts';
import { sessionSecretsSchema, type SessionSecrets } from '../../models/session-fields.ts';
import type { Session } from '../../models/session.ts';
import type { ApiApp, ApiContext } from '../context.ts';
import { defineRoute } from '../define-route.ts';
import { invalidRequest, parse } from '../field-errors.ts';
import { listBytes } from '../list-bytes.ts';
import {
  newSessionSchema,
  sessionPatchSchema,
  sessionReplacementSchema,
} from '../schemas/session-body.ts';
import { sessionPageSchema, sessionViewSchema, type SessionView } from '../schemas/session-view.ts';
import { sessionPath } from '../schemas/parameters.ts';
import { isVisible, partsFor, viewFor } from '../sessions/actions.ts';
import { allowed, mergeWith, replaceWith, type Edit } from '../sessions/edit.ts';
import { entityTag, expectedRevision, isUnchanged } from '../sessions/entity-tag.ts';
import { matches } from '../sessions/filter.ts';
import { startsOf } from '../../services/history/starts.ts';
import { isByStarts, pageOf } from '../sessions/page.ts';
import { sessionQuery } from '../sessions/query.ts';

const tag = 'sessions';
const etag = z.object({ ETag: z.string() });
const session = { 'application/json': { schema: sessionViewSchema } };
const ifMatch = z.string().optional().describe('the ETag of the session when it was read');

const list = defineRoute({
  operationId: 'listSessions',
  method: 'get',
  path: '/v1/sessions',
  tag,
  summary: 'List sessions: active ones first, then the last started, or sorted by `sort`',
  scope: 'sessions:read',
  bound: 'filtered',
  isLargeList: true,
  request: {
    query: sessionQuery,
  },
  responses: {
    200: {
      description: 'A page of sessions',
      content: { 'application/json': { schema: sessionPageSchema } },
    },
  },
  problems: ['vault-locked', 'vault-unreadable'],
});

const create = defineRoute({
  operationId: 'createSession',
  creates: true,
  method: 'post',
  path: '/v1/sessions',
  tag,
  summary: 'Add a session',
  scope: 'sessions:create',
  request: {
    body: { content: { 'application/json': { schema: newSessionSchema } }, required: true },
  },
  responses: {
    201: {
      description: 'The session, not started yet',
      headers: z.object({ ETag: z.string(), Location: z.string() }),
      content: session,
    },
  },
  problems: [
    'already-exists',
    'vault-locked',
    'vault-unreadable',
    'file-unwritable',
    'file-unreadable',
  ],
});

const read = defineRoute({
  operationId: 'getSession',
  method: 'get',
  path: '/v1/sessions/{id}',
  tag,
  summary: 'Read a session',
  scope: 'sessions:read',
  bound: 'own-session',
  request: {
    params: sessionPath,
    headers: z.object({ 'If-None-Match': z.string().optional() }),
  },
  responses: {
    200: { description: 'The session', headers: etag, content: session },
    304: { description: 'The session has not changed', headers: etag },
  },
});

const changeProblems = [
  'revision-stale',
  'vault-locked',
  'vault-unreadable',
  'file-unwritable',
  'file-unreadable',
] as const;

const replace = defineRoute({
  operationId: 'replaceSession',
  method: 'put',
  path: '/v1/sessions/{id}',
  tag,
  summary: 'Replace all fields of a session',
  scope: 'sessions:update',
  bound: 'own-session',
  request: {
    params: sessionPath,
    headers: z.object({ 'If-Match': ifMatch }),
    body: { content: { 'application/json': { schema: sessionReplacementSchema } }, required: true },
  },
  responses: { 200: { description: 'The changed session', headers: etag, content: session } },
  problems: [...changeProblems, 'revision-required'],
});

const patch = defineRoute({
  operationId: 'updateSession',
  method: 'patch',
  path: '/v1/sessions/{id}',
  tag,
  summary: 'Change some fields of a session',
  scope: 'sessions:update',
  bound: 'own-session',
  request: {
    params: sessionPath,
    headers: z.object({ 'If-Match': ifMatch }),
    body: {
      content: {
        'application/merge-patch+json': { schema: sessionPatchSchema },
        'application/json': { schema: sessionPatchSchema },
      },
      required: true,
    },
  },
  responses: { 200: { description: 'The changed session', headers: etag, content: session } },
  problems: changeProblems,
});

const remove = defineRoute({
  operationId: 'deleteSession',
  method: 'delete',
  path: '/v1/sessions/{id}',
  tag,
  summary: 'Remove a session. Sessions that depend on it end; its history stays',
  scope: 'sessions:delete',
  bound: 'own-session',
  request: { params: sessionPath, headers: z.object({ 'If-Match': ifMatch }) },
  responses: { 204: { description: 'The session was removed' } },
  problems: changeProblems,
});

export function addSessionRoutes(app: ApiApp): void {
  app.openapi(list, async (c) => {
    const { sessions, history } = c.env.services;
    const reader = c.get('principal');
    const query = c.req.valid('query');
    const { label = [], sort, limit, cursor, accessKeyId, fields, ...rest } = query;
    const deliveryOf = (session: Session) => sessions.deliveryOf(session);
    const filter = { ...rest, labels: [label].flat(), deliveryOf };
    const all =
      accessKeyId === undefined ? sessions.list() : await sessions.withAccessKey(accessKeyId);
    const { items, nextCursor } = pageOf(
      all.filter((one) => isVisible(one.sessionId, reader) && matches(one, filter, Date.now())),
      { sort, limit, cursor, starts: isByStarts(sort) ? startsOf(history, Date.now()) : new Map() },
    );
    const broken =
      cursor === undefined && reader.sessionId === undefined ? [...sessions.broken()] : [];
    const view =
      fields === undefined
        ? (item: Session) => viewFor(item, reader, c.env.services)
        : partsFor(fields, reader, c.env.services);
    const page = {
      items: items.map(view),
      ...(nextCursor === undefined ? {} : { nextCursor }),
      ...(broken.length === 0 ? {} : { broken }),
    };
    return c.body(listBytes(page), 200, { 'content-type': 'application/json' }) as never;
  });

  app.openapi(create, async (c) => {
    const by = c.get('principal');
    const { secrets, sessionId, expires_in, ...fields } = c.req.valid('json');
    if (expires_in !== undefined && fields.validUntil !== undefined) {
      throw invalidRequest([
        {
          field: 'expires_in',
          message: 'must not come together with validUntil, which says the same',
        },
      ]);
    }
    const created = await c.env.services.sessions.create({
      fields: allowed(undefined, fields, by),
      ...(secrets === undefined ? {} : { secrets }),
      ...(sessionId === undefined ? {} : { sessionId }),
      ...(expires_in === undefined ? {} : { expiresInSeconds: expires_in }),
      by: by.subject,
    });
    const view = viewFor(created, by, c.env.services);
    c.header('ETag', entityTag(view));
    c.header('Location', `/v1/sessions/${created.sessionId}`);
    return c.json(view, 201);
  });

  app.openapi(read, (c) => {
    const found = c.env.services.sessions.get(c.req.valid('param').id);
    const view = viewFor(found, c.get('principal'), c.env.services);
    c.header('ETag', entityTag(view));
    if (isUnchanged(c.req.header('if-none-match'), view)) return c.body(null, 304);
    return c.json(view, 200);
  });

  app.openapi(replace, async (c) => {
    if (c.req.header('if-match') === undefined) {
      throw new Problem('revision-required', {
        detail: 'A full replacement must name the version of the session that it replaces.',
        next: 'Send the ETag of the session as If-Match, or change single fields with PATCH.',
        sessionId: c.req.valid('param').id,
      });
    }
    const { secrets, ...body } = c.req.valid('json');
    const { sessions } = c.env.services;
    const edit = replaceWith(body, c.get('principal'), (fields) => sessions.deliveryOf(fields));
    return c.json(await change(c, c.req.valid('param').id, edit, secrets), 200);
  });

  app.openapi(patch, async (c) => {
    const { secrets, ...body } = c.req.valid('json');
    const edit = mergeWith(body, c.get('principal'));
    const keys = parse(sessionSecretsSchema.optional(), secrets, 'secrets');
    return c.json(await change(c, c.req.valid('param').id, edit, keys), 200);
  });

  app.openapi(remove, async (c) => {
    const { sessions } = c.env.services;
    const { id } = c.req.valid('param');
    const revision = expectedRevision(c.req.header('if-match'), sessions.get(id));
    await sessions.remove(id, {
      by: c.get('principal').subject,
      ...(revision === undefined ? {} : { expectedRevision: revision }),
    });
    return c.body(null, 204);
  });
}

async function change(
  c: ApiContext,
  id: string,
  edit: Edit,
  secrets: SessionSecrets | undefined,
): Promise<SessionView> {
  const { sessions } = c.env.services;
  const by = c.get('principal');
  const revision = expectedRevision(c.req.header('if-match'), sessions.get(id));
  const changed = await sessions.update(id, {
    edit,
    by: by.subject,
    ...(secrets === undefined ? {} : { secrets }),
    ...(revision === undefined ? {} : { expectedRevision: revision }),
  });
  const view = viewFor(changed, by, c.env.services);
  c.header('ETag', entityTag(view));
  return view;
}
