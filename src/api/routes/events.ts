import * as z from 'zod';
import { stintEventSchema, type StintEvent } from '../../models/event.ts';
import type { Principal } from '../../models/scope.ts';
import type { Services } from '../../services/services.ts';
import { stillAuthentic } from '../authenticate.ts';
import type { ApiApp, ApiContext } from '../context.ts';
import { defineRoute } from '../define-route.ts';
import { readerStream } from '../reader-stream.ts';
import { identityProviderViewSchema, integrationViewSchema } from '../schemas/integration-view.ts';
import { promptViewSchema } from '../schemas/prompt-view.ts';
import { sessionViewSchema } from '../schemas/session-view.ts';
import { isVisible, viewFor } from '../sessions/actions.ts';

const [, removed, , closed, , integrationRemoved, , idpRemoved, history, settings, vault] =
  stintEventSchema.options;

/** An event as readers see it. `reset`: some events were missed, so read everything again. */
const eventViewSchema = z
  .discriminatedUnion('type', [
    z.object({ type: z.literal('session'), session: sessionViewSchema }),
    removed,
    z.object({ type: z.literal('prompt'), prompt: promptViewSchema }),
    closed,
    z.object({ type: z.literal('integration'), integration: integrationViewSchema }),
    integrationRemoved,
    z.object({ type: z.literal('idp'), idp: identityProviderViewSchema }),
    idpRemoved,
    history,
    settings,
    vault,
    z.object({ type: z.literal('reset') }),
  ])
  .meta({ id: 'Event' });
type EventView = z.infer<typeof eventViewSchema>;

const follow = defineRoute({
  operationId: 'streamEvents',
  method: 'get',
  path: '/v1/events',
  tag: 'events',
  summary: 'Follow changes as Server-Sent Events',
  description:
    'Each event is one `Event` in JSON. `Last-Event-ID` resumes after that event. If Stint no longer ' +
    'has the events that were missed, the stream begins with a `reset`.',
  scope: 'sessions:read',
  bound: 'filtered',
  request: { headers: z.object({ 'Last-Event-ID': z.string().max(64).optional() }) },
  responses: {
    200: {
      description: 'The stream, which ends with the owner',
      content: { 'text/event-stream': { schema: eventViewSchema } },
    },
  },
});

export function addEventsRoutes(app: ApiApp): void {
  app.openapi(follow, (c) => {
    const { services, streamId } = c.env;
    const reader = c.get('principal');
    const idOf = (number: number) => `${streamId}-${number}`;
    const body = readerStream({
      events: services.events,
      after: lastSeenBy(c),
      frameOf: ({ id, event }) => {
        const view = viewOf(event, reader, services);
        return view === undefined ? '' : frame(view, idOf(id));
      },
      resetFrame: (lastId) => frame({ type: 'reset' }, idOf(lastId)),
      isWelcome: stillAuthentic(c),
    });
    return c.body(body, 200, { 'Content-Type': 'text/event-stream' });
  });
}

/** The newest event for a new reader; undefined for an event that this owner did not number. */
function lastSeenBy(c: ApiContext): number | undefined {
  const lastSeen = c.req.header('last-event-id');
  if (lastSeen === undefined) return c.env.services.events.lastId;
  const [, stream, number] = /^(.+)-(\d+)$/.exec(lastSeen) ?? [];
  return stream === c.env.streamId ? Number(number) : undefined;
}

/** The event as `reader` may see it; undefined for one they may not see. */
function viewOf(event: StintEvent, reader: Principal, services: Services): EventView | undefined {
  switch (event.type) {
    case 'session':
      return isVisible(event.session.sessionId, reader)
        ? { type: 'session', session: viewFor(event.session, reader, services) }
        : undefined;
    case 'session-removed':
      return isVisible(event.sessionId, reader) ? event : undefined;
    case 'prompt':
      return reader.scopes.has('prompts:answer') && isVisible(event.prompt.sessionId, reader)
        ? event
        : undefined;
    case 'prompt-closed':
      return reader.scopes.has('prompts:answer') ? event : undefined;
    case 'history':
      return reader.scopes.has('history:read') && isVisible(event.sessionId, reader)
        ? event
        : undefined;
    case 'integration':
    case 'integration-removed':
    case 'idp':
    case 'idp-removed':
      return reader.sessionId === undefined && reader.scopes.has('integrations:read')
        ? event
        : undefined;
    case 'settings':
    case 'vault':
      return reader.sessionId === undefined ? event : undefined;
  }
}

/** HTML Standard, "Server-sent events": the JSON has no line break, so one data line does. */
function frame(event: EventView, id: string): string {
  return `id: ${id}\nevent: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`;
}
