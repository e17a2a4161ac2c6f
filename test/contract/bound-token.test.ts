import { afterAll, beforeAll, expect, it } from 'vitest';
import { buildApp } from '../../src/api/app.ts';
import { describeApp } from '../../src/api/document.ts';
import { scopes } from '../../src/models/scope.ts';
import { scratchApi, type ScratchApi } from '../support/scratch-api.ts';

/* A token for one session, at every route: with all scopes, and as the owner, so that only the session counts. */

let owner: ScratchApi;
beforeAll(async () => {
  owner = await scratchApi();
});
afterAll(async () => {
  await owner.close();
});

const sessionId = 'b7d1f0a4-5c1e-4a67-9d55-3f0d6a9c2e10';
const bound = { role: 'owner', scopes, sessionId } as const;

const operations = Object.entries(describeApp(buildApp()).paths ?? {}).flatMap(([path, methods]) =>
  Object.entries(methods as Record<string, Record<string, unknown>>)
    .filter(([, described]) => !['open', 'lease'].includes(String(described['x-scope'])))
    .map(([method, described]) => ({
      method: method.toUpperCase(),
      path: path.replace('{id}', '3b1f8a52-92f1-4b1c-9d5e-8d6f6c1f2a11'),
      kind: described['x-bound'],
    })),
);
const that = (kind: unknown) =>
  operations
    .filter((one) => one.kind === kind)
    .map(({ method, path }) => [`${method} ${path}`, method, path] as const);

it.each(that(undefined))(
  'a token that is bound to one session is refused by %s, which concerns more than a session',
  async (_name, method, path) => {
    expect((await owner.askAs(bound, method, path)).status).toBe(403);
  },
);

it.each(that('own-session'))(
  'a token that is bound to one session finds no other session with %s',
  async (_name, method, path) => {
    expect((await owner.askAs(bound, method, path)).status).toBe(404);
  },
);
