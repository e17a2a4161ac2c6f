import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Connection } from '../../src/api/api.ts';
import { scratchApi, type ScratchApi } from '../support/scratch-api.ts';

let owner: ScratchApi;
beforeAll(async () => {
  owner = await scratchApi();
  for (let index = 0; index < 20; index += 1) {
    const body = { type: 'awsIamUser', sessionName: `user-${index}`, region: 'eu-west-1' };
    const secrets = { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'k'.repeat(40) };
    const added = await owner.ask('POST', '/v1/sessions', { body: { ...body, secrets } });
    expect(added.status).toBe(201);
  }
});
afterAll(async () => {
  await owner.close();
});

const browser: Connection = { kind: 'tcp', port: 4711 };

async function ask(path: string, connection: Connection, coding = 'gzip, deflate, br') {
  const headers = { host: '127.0.0.1:4711', 'accept-encoding': coding };
  const answer = await owner.ask('GET', path, { headers, connection });
  const body = Buffer.from(await answer.arrayBuffer());
  return {
    status: answer.status,
    coding: answer.headers.get('content-encoding'),
    vary: answer.headers.get('vary'),
    type: answer.headers.get('content-type'),
    cache: answer.headers.get('cache-control'),
    body,
  };
}

describe('a compressed answer', () => {
  it('is a large list of sessions for a browser, with the same content', async () => {
    const plain = await ask('/v1/sessions', { kind: 'socket' });
    const small = await ask('/v1/sessions', browser);
    expect(plain.coding).toBeNull();
    expect(small).toMatchObject({
      status: 200,
      coding: 'gzip',
      vary: 'Authorization, Accept-Encoding',
      cache: 'no-store',
      type: plain.type,
    });
    expect(small.body.length).toBeLessThan(plain.body.length / 4);
    expect(JSON.parse(gunzipSync(small.body).toString())).toEqual(
      JSON.parse(plain.body.toString()),
    );
  });

  it('is none for a client that takes none, and none of a small one', async () => {
    const plain = await ask('/v1/sessions', browser, 'gzip;q=0, identity');
    expect([plain.coding, plain.vary]).toEqual([null, 'Authorization, Accept-Encoding']);
    const few = await ask('/v1/sessions?limit=2', browser);
    expect(few.coding).toBeNull();
    expect((JSON.parse(few.body.toString()) as { items: unknown[] }).items).toHaveLength(2);
    expect((await ask('/v1/sessions?limit=none', browser)).status).toBe(422);
  });

  it('is that of no other route', async () => {
    for (const path of ['/v1/settings', '/v1/tokens', '/v1/history', '/v1/openapi.json']) {
      const answer = await ask(path, browser);
      expect([path, answer.status, answer.coding]).toEqual([path, 200, null]);
    }
  });
});
