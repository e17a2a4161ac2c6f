import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { scratchApi, type ScratchApi } from '../support/scratch-api.ts';

let owner: ScratchApi;
beforeAll(async () => {
  owner = await scratchApi();
});
afterAll(async () => {
  await owner.close();
});

interface Listed {
  readonly sessionName: string;
  readonly status: string;
  readonly region: string;
}

it('a workspace edited by hand is shown by the next answer, and told to those who follow', async () => {
  const { session } = await owner.addUser('anna');
  await owner.stint.sessions.start(session.sessionId, { by: 'anna' });
  const told: unknown[] = [];
  const unsubscribe = owner.stint.events.subscribe(({ event }) => {
    if (event.type === 'session') told.push([event.session.sessionName, event.session.region]);
  });
  const file = join(owner.folder, 'stint', 'workspace.json');
  const written = JSON.parse(await readFile(file, 'utf8')) as { sessions: object[] };
  const [{ run: _, ...anna }] = written.sessions as [{ run: unknown }];
  const older = { ...anna, status: 'inactive', region: 'eu-north-1' };
  const sessionId = '0b8e8f3a-5a0e-4d0c-9a39-6f0a6b8c1d2e';
  const added = { ...older, sessionId, sessionName: 'berta', profileName: 'berta' };
  await writeFile(file, JSON.stringify({ ...written, sessions: [older, added] }));

  const answer = await owner.ask('GET', '/v1/sessions?sort=sessionName');
  const { items } = (await answer.json()) as { items: readonly Listed[] };
  expect(items).toMatchObject([
    { sessionName: 'anna', status: 'active', region: 'eu-north-1' },
    { sessionName: 'berta', status: 'inactive', region: 'eu-north-1' },
  ]);
  expect(told).toEqual([
    ['anna', 'eu-north-1'],
    ['berta', 'eu-north-1'],
  ]);
  unsubscribe();
  // The run continues, and its credentials are removed by a stop as ever.
  expect(await owner.credentials()).toContain('[anna]');
  await owner.stint.sessions.stop(session.sessionId, { by: 'anna' });
  expect(await owner.credentials()).not.toContain('[anna]');
});
