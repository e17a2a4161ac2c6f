import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import type { Session } from '../../src/models/session.ts';
import { eventually, scratchOwner, type ScratchOwner } from '../support/scratch-owner.ts';
import { by, refusal } from '../support/session-journey.ts';
import { lyingServer, type LyingServer } from './lying-server.ts';

/* One `Date` of one answer must not end, archive, stamp or delay anything of another session. */

let owner: ScratchOwner;
let liar: LyingServer;
let running: Session;
let other: Session;
const hour = 3_600_000;

beforeAll(async () => {
  liar = await lyingServer();
});
afterAll(() => liar.close());
beforeEach(async () => {
  owner = await scratchOwner();
  const validUntil = new Date(Date.now() + 12 * hour).toISOString();
  const fields = { tokenSeconds: 3600, validUntil };
  ({ session: running } = await owner.addUser('anna', { fields }));
  ({ session: other } = await owner.addUser('ben', { fields }));
  await owner.stint.sessions.start(running.sessionId, { by });
  owner.stint.scheduler.start();
  return () => owner.close();
});

const now = () => owner.stint.sessions.get(running.sessionId);

/** Another session is refused by an STS that says it is so much later. */
async function lied(milliseconds: number): Promise<void> {
  const { sessions, settings } = owner.stint;
  const { awsStsEndpointUrl } = settings.current();
  liar.lie = (response) => {
    response.writeHead(403, { date: new Date(Date.now() + milliseconds).toUTCString() }).end();
  };
  await settings.change({ awsStsEndpointUrl: liar.url });
  await refusal(sessions.start(other.sessionId, { by }));
  await settings.change({ awsStsEndpointUrl: awsStsEndpointUrl ?? null });
}

it.each([
  ['in the year 2100', Date.UTC(2100, 0) - Date.now()],
  ['a century ago', -100 * 365 * 24 * hour],
])('a date %s counts for nothing', async (_, milliseconds) => {
  const before = now();
  await lied(milliseconds);
  await owner.pass(20);
  expect(now()).toEqual(before);
  expect(owner.stint.notices()).toEqual([]);
});

it('a date 23 hours ahead ends, archives and stamps nothing; the session is renewed once', async () => {
  await lied(23 * hour);
  await owner.pass(20);
  const renewed = await eventually(now, ({ rotatedAt }) => rotatedAt !== undefined);
  expect(renewed.status).toBe('active');
  for (const { sessionId } of [running, other]) {
    expect(owner.stint.sessions.get(sessionId)).not.toHaveProperty('archivedAt');
  }
  expect(Date.parse(renewed.renewAt ?? '')).toBeLessThan(Date.now() + hour);
  const { items } = owner.stint.history.list();
  for (const { at } of items) expect(Date.parse(at)).toBeLessThan(Date.now() + hour);
  await owner.pass(20);
  expect(now().rotatedAt).toBe(renewed.rotatedAt);
});

it('a date 23 hours behind does not delay the renewal', async () => {
  await lied(-23 * hour);
  await owner.pass(45 * 60);
  const renewed = await eventually(now, ({ rotatedAt }) => rotatedAt !== undefined);
  expect(renewed.status).toBe('active');
});
