import { afterAll, beforeAll, expect, it } from 'vitest';
import { scratchApi, type ScratchApi } from '../support/scratch-api.ts';

let owner: ScratchApi;
beforeAll(async () => {
  owner = await scratchApi();
});
afterAll(async () => {
  await owner.close();
});

const created = async (path: string, body: object): Promise<string> => {
  const answer = await owner.ask('POST', path, { body });
  expect(answer.status).toBe(201);
  return String(answer.headers.get('location'));
};

/** Where a resource is, and changes of it that have nothing to do with each other. */
const table: readonly (readonly [string, () => Promise<string>, readonly object[]])[] = [
  [
    'an integration',
    () =>
      created('/v1/integrations', {
        kind: 'awsSso',
        name: 'acme',
        region: 'eu-west-1',
        startUrl: 'https://acme.example/start',
      }),
    [{ name: 'renamed' }, { region: 'eu-north-1' }, { scopes: ['sso:account:access'] }],
  ],
  [
    'an identity provider',
    () => created('/v1/idps', { name: 'corp', url: 'https://corp.example/saml' }),
    [{ name: 'renamed' }, { url: 'https://login.corp.example/saml' }],
  ],
  [
    'the settings',
    () => Promise.resolve('/v1/settings'),
    [{ defaultRegion: 'eu-north-1' }, { onQuit: 'keep-sessions' }, { noProxy: 'corp.example' }],
  ],
];

it.each(table)('changes of %s at the same moment are all kept', async (_what, make, changes) => {
  const path = await make();
  const answers = await Promise.all(changes.map((body) => owner.ask('PATCH', path, { body })));
  expect(answers.map(({ status }) => status)).toEqual(changes.map(() => 200));
  const read = await owner.ask('GET', path);
  expect(await read.json()).toMatchObject(Object.assign({}, ...changes) as object);
});
