import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startFeed, type TestFeed } from '../support/release-feed.ts';
import { eventually } from '../support/scratch-owner.ts';
import { scratchApi, type ScratchApi } from '../support/scratch-api.ts';

const day = 86_400;
let feed: TestFeed;
let owner: ScratchApi;
beforeAll(async () => {
  feed = await startFeed();
  owner = await scratchApi({ releases: feed, now: Date.parse('2026-06-01T12:00:00Z') });
});
afterAll(async () => {
  await owner.close();
  await feed.close();
});

/** What a feed says of a release; Stint here has version 0.0.0. */
const release = (version: string, fields: object = {}) => ({
  name: 'stint',
  version,
  publishedAt: '2026-05-30T08:00:00.000Z',
  expires: '2026-09-01T00:00:00.000Z',
  page: `https://stint.example/${version}`,
  ...fields,
});
const told = async (method: 'GET' | 'POST') => {
  const path = method === 'GET' ? '/v1/release' : '/v1/release/check';
  const answer = await owner.ask(method, path);
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
};
const untrusted = (why: string) => ({
  status: 502,
  body: {
    type: 'urn:stint:problem:release-untrusted',
    detail: expect.stringContaining(why) as string,
  },
});

beforeEach(() => {
  feed.redirectTo(undefined);
});

describe('a newer release', () => {
  it('is reported when somebody asks, and from then on', async () => {
    feed.publish(release('0.1.0'));
    const newer = {
      version: '0.1.0',
      publishedAt: '2026-05-30T08:00:00.000Z',
      page: 'https://stint.example/0.1.0',
    };
    const { body } = await told('POST');
    expect(body).toMatchObject({ version: '0.0.0', newer });
    expect((await told('GET')).body).toMatchObject({ newer });
  });

  it('is looked for once a day by itself, and not where the setting is off', async () => {
    await told('POST');
    const before = feed.requests.length;
    await told('GET');
    expect(feed.requests).toHaveLength(before);
    await owner.pass(day);
    await owner.stint.settings.change({ checkForUpdates: false });
    expect((await told('GET')).body).toMatchObject({
      off: 'The setting check-for-updates is off.',
    });
    expect(feed.requests).toHaveLength(before);
    await owner.stint.settings.change({ checkForUpdates: true });
    feed.publish(release('0.2.0'));
    await told('GET');
    await eventually(
      async () => (await told('GET')).body as { newer?: { version: string } },
      ({ newer }) => newer?.version === '0.2.0',
    );
  });

  it('is found where the feed redirects to', async () => {
    feed.publish(release('0.2.1'));
    feed.redirectTo(`${new URL(feed.address).origin}/moved`);
    expect((await told('POST')).body).toMatchObject({ newer: { version: '0.2.1' } });
  });
});

describe('refused is', () => {
  const stays = async () => {
    expect((await told('GET')).body).toMatchObject({ newer: { version: '0.3.0' } });
  };
  beforeEach(async () => {
    feed.publish(release('0.3.0'));
    expect((await told('POST')).status).toBe(200);
  });

  it('an older release than the one before', async () => {
    feed.publish(release('0.2.9'));
    expect(await told('POST')).toMatchObject(
      untrusted('it offers 0.2.9 after it has offered 0.3.0'),
    );
    await stays();
  });

  it('what somebody changed on the way', async () => {
    feed.publish(release('0.4.0'), (content) =>
      Buffer.from(content.toString().replace('stint.example', 'evil.example')),
    );
    expect(await told('POST')).toMatchObject(untrusted('its signature does not belong to it'));
    await stays();
  });

  it('what another key has signed', async () => {
    const other = await startFeed();
    other.publish(release('9.0.0'));
    feed.redirectTo(new URL(other.address).origin);
    expect(await told('POST')).toMatchObject(untrusted('another key has signed it'));
    await other.close();
    await stays();
  });

  it('what has expired, so that nobody keeps newer ones back', async () => {
    feed.publish(release('0.4.0', { expires: '2026-06-01T00:00:00.000Z' }));
    expect(await told('POST')).toMatchObject(untrusted('was valid until 2026-06-01'));
    await stays();
  });

  it('a signed file of something else', async () => {
    feed.publish({ ...release('0.4.0'), name: 'other' });
    expect(await told('POST')).toMatchObject(untrusted('it is not a release of Stint'));
  });
});

it('a feed that does not answer says so, and a build without one does not look', async () => {
  const gone = await startFeed();
  await gone.close();
  const away = await scratchApi({ releases: gone });
  const answer = await away.ask('POST', '/v1/release/check');
  expect(answer.status).toBe(503);
  await away.close();

  const plain = await scratchApi({ releases: { off: 'Your system updates it.' } });
  expect(await (await plain.ask('POST', '/v1/release/check')).json()).toEqual({
    version: '0.0.0',
    off: 'Your system updates it.',
  });
  await plain.close();
});

it('a damaged file of what was seen only means that nothing was', async () => {
  const other = await scratchApi({
    releases: feed,
    prepare: async (folder) => {
      await mkdir(join(folder, 'stint'), { mode: 0o700 });
      await writeFile(join(folder, 'stint', 'release.json'), '{');
    },
  });
  expect((await other.ask('GET', '/v1/release')).status).toBe(200);
  await other.close();
});
