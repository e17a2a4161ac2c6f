import { beforeEach, describe, expect, it } from 'vitest';
import type { EndRequest } from '../../../src/agent/lifecycle.ts';
import { aRunningOwner } from '../../support/running-owner.ts';
import { before, eventually, type ScratchOwner } from '../../support/scratch-owner.ts';

const quit: EndRequest = { end: 'stopped', sessions: 'stop' };
const handOver: EndRequest = { end: 'handed-over', sessions: 'keep' };
const by = 'anna';
let owner: ScratchOwner;

aRunningOwner((started) => {
  owner = started;
});

const openPrompts = () => owner.stint.prompts.list();
const oneMore = () => eventually(openPrompts, (open) => open.length === 1);

/** A session with MFA that is active. */
async function startedWithMfa(): Promise<string> {
  const { session, user } = await owner.addUser('anna', { mfa: true });
  await owner.stint.sessions.start(session.sessionId, { by });
  const [asked] = await oneMore();
  await owner.stint.prompts.answer(String(asked?.promptId), {
    answer: await owner.cloud.mfaCode(String(user.mfaSerial)),
  });
  await eventually(
    () => owner.stint.sessions.get(session.sessionId).status,
    (status) => status === 'active',
  );
  return session.sessionId;
}

describe('an end while a renewal waits for a person', () => {
  beforeEach(async () => {
    await startedWithMfa();
    owner.stint.scheduler.start();
    await owner.pass(11.7 * 3600);
    await oneMore();
  });

  it('closes the question and stops the session', async () => {
    await owner.lifecycle.end(quit);
    expect(openPrompts()).toEqual([]);
    expect(await owner.credentials()).toBe(before);
  });

  it('closes the question and leaves the session to the next owner', async () => {
    await owner.lifecycle.end(handOver);
    expect(openPrompts()).toEqual([]);
    expect(await owner.credentials()).toContain('[anna]');
  });
});

describe('an end while a start waits for a person', () => {
  it.each([
    { how: 'a quit', request: quit },
    { how: 'a hand-over', request: handOver },
  ])('cancels the start at $how', async ({ request }) => {
    const { session } = await owner.addUser('anna', { mfa: true });
    await owner.stint.sessions.start(session.sessionId, { by });
    await oneMore();
    await owner.lifecycle.end(request);
    const { status, lastEnd } = owner.stint.sessions.get(session.sessionId);
    expect([status, lastEnd?.reason]).toEqual(['inactive', 'cancelled']);
    expect(openPrompts()).toEqual([]);
    expect(await owner.credentials()).toBe(before);
  });
});

describe('an owner that is ending', () => {
  const refused = { code: 'owner-ending', status: 503 };

  it('starts, rotates, signs in and syncs nothing', async () => {
    const { session } = await owner.addUser('anna');
    await owner.stint.sessions.start(session.sessionId, { by });
    const { integrationId } = await owner.stint.integrations.create(
      { kind: 'azure', name: 'Contoso', tenantId: 'contoso.example' },
      by,
    );
    const { sessions, integrations } = owner.stint;
    const ended = owner.lifecycle.end(quit);
    const attempts = await Promise.allSettled([
      sessions.start(session.sessionId, { by }),
      sessions.start(session.sessionId, { by, unattended: true }),
      sessions.rotate(session.sessionId, { by }),
      integrations.login(integrationId, undefined),
      integrations.sync(integrationId, by),
    ]);
    expect(attempts).toMatchObject(attempts.map(() => ({ status: 'rejected', reason: refused })));
    await ended;
    expect(await owner.credentials()).toBe(before);
  });
});
