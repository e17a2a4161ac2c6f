import { afterAll, beforeAll, expect, it } from 'vitest';
import { isCampaign, minutes } from '../support/campaign.ts';
import { scratchApi, type ScratchApi } from '../support/scratch-api.ts';

/** All of them in the campaign (`npm run test:campaign`); a tenth otherwise. */
const clients = isCampaign ? 1000 : 100;
const sessionCount = clients / 5;

let owner: ScratchApi;
const ids: string[] = [];
beforeAll(async () => {
  owner = await scratchApi();
  const user = await owner.cloud.createUser({ accountId: '447109328810', userName: 'shared' });
  const { accessKeyId, secretAccessKey } = user;
  const fields = { type: 'awsIamUser', region: 'eu-west-1', delivery: 'endpoint-only' };
  for (let at = 0; at < sessionCount; at += 1) {
    const body = {
      ...fields,
      sessionName: `session-${at}`,
      // A tenth of them can start.
      ...(at % 10 === 0 ? { secrets: { accessKeyId, secretAccessKey } } : {}),
    };
    const made = await owner.ask('POST', '/v1/sessions', { body });
    ids.push(((await made.json()) as { sessionId: string }).sessionId);
  }
});
afterAll(async () => {
  await owner.close();
});

interface Seen {
  readonly labels: readonly string[];
  readonly status: string;
  readonly revision: number;
}

const read = async (path: string) => {
  const answer = await owner.ask('GET', path);
  return { etag: String(answer.headers.get('etag')), session: (await answer.json()) as Seen };
};

/** Reads, adds its label, and begins again where somebody was faster (RFC 9110, If-Match). */
async function addLabel(path: string, label: string): Promise<void> {
  for (;;) {
    const { etag, session } = await read(path);
    const body = { labels: [...session.labels, label] };
    const answer = await owner.ask('PATCH', path, { body, headers: { 'if-match': etag } });
    if (answer.status === 200) return;
    expect(answer.status).toBe(412);
  }
}

it(
  `${clients} clients that read, update, start and stop ${sessionCount} sessions at once lose no update`,
  async () => {
    const added = new Map<string, string[]>();
    const work = Array.from({ length: clients }, async (_, at) => {
      // Two of three clients meet at a session with others.
      const id = ids[(at * 7) % sessionCount] ?? '';
      const path = `/v1/sessions/${id}`;
      const startable = `/v1/sessions/${ids[(at * 10) % sessionCount] ?? ''}`;
      switch (at % 5) {
        case 0:
          expect((await owner.ask('POST', `${startable}/start`)).status).toBeOneOf([200, 409]);
          return;
        case 1:
          expect((await owner.ask('POST', `${startable}/stop`)).status).toBe(200);
          return;
        case 2:
          expect((await owner.ask('GET', '/v1/sessions?limit=20')).status).toBe(200);
          return;
        default:
          added.set(path, [...(added.get(path) ?? []), `client-${at}`]);
          await addLabel(path, `client-${at}`);
      }
    });
    await Promise.all(work);
    expect([...added.values()].flat()).toHaveLength((clients * 2) / 5);
    for (const [path, labels] of added) {
      const { session } = await read(path);
      expect(session.labels.toSorted()).toEqual(labels.toSorted());
      expect(session.revision).toBeGreaterThan(labels.length);
    }
    for (const id of ids) {
      const { session } = await read(`/v1/sessions/${id}`);
      expect(session.status).toBeOneOf(['active', 'inactive']);
    }
  },
  minutes(1),
);
