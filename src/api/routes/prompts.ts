import * as z from 'zod';
import { Problem } from '../../models/problem.ts';
import { promptAnswerSchema } from '../../models/prompt.ts';
import type { ApiApp } from '../context.ts';
import { defineRoute } from '../define-route.ts';
import { promptFilter } from '../schemas/list-filters.ts';
import { requireOwnerForAnswer } from '../owner-only.ts';
import { promptViewSchema } from '../schemas/prompt-view.ts';
import { isVisible } from '../sessions/actions.ts';

const tag = 'prompts';

const list = defineRoute({
  operationId: 'listPrompts',
  method: 'get',
  path: '/v1/prompts',
  tag,
  summary: 'List the open questions',
  scope: 'prompts:answer',
  bound: 'filtered',
  request: {
    query: promptFilter.query.extend({
      session: z
        .string()
        .optional()
        .describe(
          'only those that this session waits for: its own, its parents’ and its integration’s',
        ),
    }),
  },
  responses: {
    200: {
      description: 'Open questions, oldest first',
      content: {
        'application/json': {
          schema: z.object({ items: z.array(promptViewSchema) }).meta({ id: 'PromptList' }),
        },
      },
    },
  },
  problems: ['not-found'],
});

const answer = defineRoute({
  operationId: 'answerPrompt',
  method: 'post',
  path: '/v1/prompts/{id}',
  tag,
  summary: 'Answer or cancel a question. The first answer counts',
  scope: 'prompts:answer',
  bound: 'filtered',
  request: {
    params: z.object({ id: z.string().describe('the promptId') }),
    body: {
      content: { 'application/json': { schema: promptAnswerSchema.meta({ id: 'PromptAnswer' }) } },
      required: true,
    },
  },
  responses: { 204: { description: 'The question was answered or cancelled' } },
  problems: [
    'owner-only',
    'prompt-closed',
    'vault-locked',
    'too-many-attempts',
    'vault-unreadable',
    'keychain-unavailable',
    'file-unwritable',
  ],
});

export function addPromptRoutes(app: ApiApp): void {
  app.openapi(list, (c) => {
    const reader = c.get('principal');
    const { session, ...asked } = c.req.valid('query');
    const { prompts, sessions } = c.env.services;
    const open = session === undefined ? prompts.list() : sessions.prompts(session);
    const items = open.filter(
      (one) => isVisible(one.sessionId, reader) && promptFilter.fits(one, asked),
    );
    return c.json({ items }, 200);
  });

  app.openapi(answer, async (c) => {
    const { prompts } = c.env.services;
    const by = c.get('principal');
    const { id } = c.req.valid('param');
    const open = prompts.list().find(({ promptId }) => promptId === id);
    if (open !== undefined && !isVisible(open.sessionId, by)) {
      throw new Problem('not-found', {
        detail: `There is no open question ${id} of your session.`,
        next: 'The client token is bound to one session. List its questions with `GET /v1/prompts`.',
      });
    }
    const answer = c.req.valid('json');
    requireOwnerForAnswer(by, open, answer);
    await prompts.answer(id, answer);
    return c.body(null, 204);
  });
}
