import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { RememberedAnswers } from '../../src/api/idempotency/remembered-answers.ts';
import { scratchApi, type ScratchApi } from '../support/scratch-api.ts';
import { fieldsOfEveryType } from '../support/sessions.ts';

let owner: ScratchApi;
beforeAll(async () => {
  owner = await scratchApi();
});
afterAll(async () => {
  await owner.close();
});

const user = fieldsOfEveryType.awsIamUser;
const create = (key: string, body: unknown = user, path = '/v1/sessions') =>
  owner.ask('POST', path, { body, headers: { 'idempotency-key': key } });
const typeOf = async (answer: Response) => ((await answer.json()) as { type: string }).type;

describe('a request with an Idempotency-Key', () => {
  it.each<[path: string, body: object]>([
    ['/v1/sessions', user],
    ['/v1/idps', { name: 'corp', url: 'https://corp.example/saml' }],
    [
      '/v1/integrations',
      { kind: 'awsSso', name: 'acme', region: 'eu-west-1', startUrl: 'https://acme.example/start' },
    ],
    ['/v1/tokens', { name: 'ci' }],
  ])(
    'of POST %s that is sent again creates nothing, and has the same answer',
    async (path, body) => {
      const count = async () =>
        ((await (await owner.ask('GET', path)).json()) as { items: unknown[] }).items.length;
      const before = await count();
      const key = `"${randomUUID()}"`;
      const first = await create(key, body, path);
      const again = await create(key, body, path);
      expect([first.status, again.status]).toEqual([201, 201]);
      for (const name of ['content-type', 'location', 'etag']) {
        expect(again.headers.get(name)).toBe(first.headers.get(name));
      }
      expect(await again.json()).toEqual(await first.json());
      expect(await count()).toBe(before + 1);
    },
  );

  it('creates one thing, however many are under way; the others have to wait', async () => {
    const key = randomUUID();
    const answers = await Promise.all(Array.from({ length: 8 }, () => create(key)));
    expect(answers.map(({ status }) => status).toSorted()).toEqual([
      201,
      ...Array.from({ length: 7 }, () => 409),
    ]);
    const refused = answers.find(({ status }) => status === 409);
    expect(await typeOf(refused as Response)).toBe('urn:stint:problem:idempotency-key-in-use');
    expect((await create(key)).status).toBe(201);
  });

  it('is refused with another body, and changes nothing', async () => {
    const key = randomUUID();
    expect((await create(key)).status).toBe(201);
    const other = await create(key, { ...user, sessionName: 'other-body' });
    expect(other.status).toBe(422);
    expect(await typeOf(other)).toBe('urn:stint:problem:idempotency-key-reused');
    expect(owner.stint.sessions.list().map((one) => one.sessionName)).not.toContain('other-body');
  });

  it('may be repeated once it is corrected: what failed created nothing', async () => {
    const key = randomUUID();
    expect((await create(key, { ...user, region: 7 })).status).toBe(422);
    expect((await create(key)).status).toBe(201);
  });

  it('of another caller is another request', async () => {
    const key = randomUUID();
    const made = await owner.client.request('POST', '/v1/tokens', {
      body: { name: 'ci', role: 'operator' },
    });
    const first = await create(key);
    const other = await owner.ask('POST', '/v1/sessions', {
      body: user,
      headers: { 'idempotency-key': key, authorization: `Bearer ${made.token}` },
    });
    expect(other.status).toBe(201);
    expect(other.headers.get('location')).not.toBe(first.headers.get('location'));
  });

  it.each(['', '""', 'two words', '"a', 'x'.repeat(256)])('is refused with %j', async (key) => {
    expect((await create(key)).status).toBe(422);
  });
});

describe('remembered answers', () => {
  const answer = { status: 201, headers: [], body: '{}' };

  it('last a day', () => {
    let now = 0;
    const answers = new RememberedAnswers(() => now);
    answers.claim('key', 'a');
    answers.keep('key', answer);
    now += 24 * 3_600_000 - 1;
    expect(answers.claim('key', 'a')).toEqual({ kind: 'answered', answer });
    now += 1;
    expect(answers.claim('key', 'a')).toEqual({ kind: 'new' });
  });

  it('are a thousand at most: the oldest goes first', () => {
    const answers = new RememberedAnswers(() => 0);
    for (let at = 0; at <= 1000; at += 1) {
      answers.claim(`key ${at}`, 'a');
      answers.keep(`key ${at}`, answer);
    }
    expect(answers.claim('key 1000', 'a').kind).toBe('answered');
    expect(answers.claim('key 0', 'a').kind).toBe('new');
  });
});
