import { afterAll, beforeAll, expect, it } from 'vitest';
import { scratchApi, type ScratchApi } from '../support/scratch-api.ts';

const hour = 3600;

let owner: ScratchApi;
beforeAll(async () => {
  owner = await scratchApi();
});
afterAll(async () => {
  await owner.close();
});

const statusWith = async (token: string) =>
  (await owner.ask('GET', '/v1/tokens', { headers: { authorization: `Bearer ${token}` } })).status;

it('a week of signing keys that change daily refuses no client token before its end', async () => {
  await owner.client.request('PATCH', '/v1/settings', { body: { tokenKeyDays: 1 } });
  const issued: { readonly token: string; readonly until: number }[] = [];
  const kids = new Set<unknown>();
  let now = Date.now();
  for (let passed = 0; passed <= 7 * 24 * hour; passed += 6 * hour) {
    const { token, expiresAt } = await owner.client.request('POST', '/v1/tokens', {
      body: {
        name: 'ci',
        role: 'owner',
        expires_in: passed % (12 * hour) === 0 ? 60 * hour : 7 * hour,
      },
    });
    const header = Buffer.from(token.split('.')[0] ?? '', 'base64url').toString();
    kids.add((JSON.parse(header) as { readonly kid: string }).kid);
    now = Date.parse(expiresAt) - (passed % (12 * hour) === 0 ? 60 : 7) * hour * 1000;
    issued.push({ token, until: Date.parse(expiresAt) });
    const statuses = await Promise.all(issued.map((one) => statusWith(one.token)));
    expect(statuses).toEqual(issued.map(({ until }) => (until > now ? 200 : 401)));
    await owner.pass(6 * hour);
  }
  expect(kids.size).toBe(8);
});
