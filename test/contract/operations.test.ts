import { describe, expect, it, onTestFinished } from 'vitest';
import { countReaders } from '../support/event-readers.ts';
import { aRunningApi } from '../support/running-owner.ts';
import { before, eventually } from '../support/scratch-owner.ts';
import { scratchApi, type ScratchApi } from '../support/scratch-api.ts';

let owner: ScratchApi;
aRunningApi((started) => {
  owner = started;
});

const post = (path: string, body?: unknown) =>
  owner.ask('POST', path, body === undefined ? {} : { body });

describe('extend', () => {
  const extended = async (id: string, body?: unknown) => {
    const answer = await post(`/v1/sessions/${id}/extend`, body);
    return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
  };
  const added = async (fields: object) => {
    const { session } = await owner.addUser('anna', { fields });
    return session.sessionId;
  };

  it('raises the maximum duration of the run, by an hour if nothing is said', async () => {
    const id = await added({ limits: { maxSessionSeconds: 1800 } });
    expect(await extended(id)).toMatchObject({
      status: 409,
      body: { type: 'urn:stint:problem:session-not-active' },
    });
    await post(`/v1/sessions/${id}/start`);
    const { run } = owner.stint.sessions.get(id);
    const answer = await extended(id, { seconds: 600 });
    expect(answer).toMatchObject({
      status: 200,
      body: { session: { run: { id: run?.id, limits: { maxSessionSeconds: 2400 } } } },
    });
    await extended(id);
    const later = owner.stint.sessions.get(id).run?.endsAt;
    expect(Date.parse(String(later)) - Date.parse(String(run?.endsAt))).toBe(4_200_000);
    // The session itself keeps its limit.
    expect(owner.stint.sessions.get(id).limits).toEqual({ maxSessionSeconds: 1800 });
  });

  it('is refused without a maximum duration, and beyond the longest of the settings', async () => {
    const id = await added({});
    await post(`/v1/sessions/${id}/start`);
    expect(await extended(id)).toMatchObject({
      status: 409,
      body: { type: 'urn:stint:problem:not-extendable' },
    });
    await post(`/v1/sessions/${id}/stop`);
    await owner.stint.settings.change({ maxExtendedSeconds: 3600, defaultMaxSessionSeconds: 1800 });
    await post(`/v1/sessions/${id}/start`);
    expect(await extended(id, { seconds: 1801 })).toMatchObject({
      status: 409,
      body: { detail: expect.stringContaining('only 30 min can be added') as string },
    });
    expect((await extended(id, { seconds: 1800 })).status).toBe(200);
  });

  it('never passes the validity of the session', async () => {
    const validUntil = new Date(Date.now() + 1_800_000).toISOString();
    const id = await added({ validUntil, limits: { maxSessionSeconds: 3600 } });
    await post(`/v1/sessions/${id}/start`);
    expect(await extended(id)).toMatchObject({
      status: 409,
      body: { detail: expect.stringContaining(validUntil) as string },
    });
  });
});

describe('start, rotate and stop', () => {
  it('answer 200 with the session once it is done', async () => {
    const { sessionId } = (await owner.addUser('anna')).session;
    const started = await post(`/v1/sessions/${sessionId}/start`, {});
    expect(started.status).toBe(200);
    expect(await started.json()).toMatchObject({
      session: {
        status: 'active',
        actions: expect.arrayContaining(['stop', 'rotate']) as string[],
      },
      findings: [],
    });
    expect(await owner.credentials()).toContain('[anna]');
    expect((await post(`/v1/sessions/${sessionId}/rotate`)).status).toBe(200);
    const stopped = await post(`/v1/sessions/${sessionId}/stop`);
    expect(await stopped.json()).toMatchObject({
      session: { status: 'inactive', lastEnd: { reason: 'stopped' } },
      leftovers: [],
      historyWritten: true,
      issuedUntil: expect.stringMatching(/Z$/) as string,
    });
    expect(await owner.credentials()).toBe(before);
    expect((await post(`/v1/sessions/${sessionId}/stop`)).status).toBe(200);
    expect((await post(`/v1/sessions/${sessionId}/rotate`)).status).toBe(409);
  });

  it('answer 202 with the question if a person is needed; the answer lets it continue', async () => {
    const { session, user } = await owner.addUser('anna', { mfa: true });
    const path = `/v1/sessions/${session.sessionId}`;
    const started = await post(`${path}/start`);
    expect(started.status).toBe(202);
    const { prompts } = (await started.json()) as { prompts: { promptId: string }[] };
    const answer = { answer: await owner.cloud.mfaCode(String(user.mfaSerial)) };
    const promptPath = `/v1/prompts/${prompts[0]?.promptId ?? ''}`;
    expect((await post(promptPath, answer)).status).toBe(204);
    await eventually(
      async () => ((await (await owner.ask('GET', path)).json()) as { status: string }).status,
      (status) => status === 'active',
    );
    expect((await post(promptPath, answer)).status).toBe(409);
  });

  it('a question that is given up ends the start as cancelled', async () => {
    const { session } = await owner.addUser('anna', { mfa: true });
    await post(`/v1/sessions/${session.sessionId}/start`);
    const [open] = owner.stint.prompts.list();
    expect((await post(`/v1/prompts/${open?.promptId ?? ''}`, { cancel: true })).status).toBe(204);
    const ended = await eventually(
      () => owner.stint.sessions.get(session.sessionId),
      ({ status }) => status === 'inactive',
    );
    expect(ended.lastEnd?.reason).toBe('cancelled');
  });

  it('a section of the user’s own answers 409, and is moved aside when they agree', async () => {
    const { sessionId } = (await owner.addUser('x', { fields: { profileName: 'personal' } }))
      .session;
    const refused = await post(`/v1/sessions/${sessionId}/start`);
    expect(refused.status).toBe(409);
    expect(await refused.json()).toMatchObject({
      type: 'urn:stint:problem:section-occupied',
      detail: expect.stringContaining('personal') as string,
    });
    expect(await owner.credentials()).toBe(before);
    expect((await post(`/v1/sessions/${sessionId}/start`, { replaceSection: true })).status).toBe(
      200,
    );
    await post(`/v1/sessions/${sessionId}/stop`);
    expect(await owner.credentials()).toBe(before);
  });

  it('names variables of the caller that would override the session', async () => {
    const { sessionId } = (await owner.addUser('anna')).session;
    const started = await post(`/v1/sessions/${sessionId}/start`, {
      callerEnvironment: ['PATH', 'AWS_ACCESS_KEY_ID'],
    });
    const { findings } = (await started.json()) as { findings: { message: string }[] };
    expect(findings.map(({ message }) => message).join()).toContain('AWS_ACCESS_KEY_ID');
  });

  it.each([
    [
      'refuses the keys',
      (o: ScratchApi, key: string) => o.cloud.deactivateKey(key),
      502,
      'cloud-refused',
    ],
    [
      'cannot be reached',
      (o: ScratchApi) => o.cloud.setOverrides({ dropConnections: true }),
      503,
      'cloud-unreachable',
    ],
  ] as const)(
    'the cloud that %s leaves nothing behind',
    async (_what, trouble, status, code) => {
      const { session, user } = await owner.addUser('anna');
      await trouble(owner, user.accessKeyId);
      const refused = await post(`/v1/sessions/${session.sessionId}/start`);
      expect(refused.status).toBe(status);
      expect(await refused.json()).toMatchObject({
        type: `urn:stint:problem:${code}`,
        detail: expect.stringContaining('anna') as string,
        next: expect.any(String) as string,
      });
      expect(await owner.credentials()).toBe(before);
    },
    60_000,
  );

  it('credentials are given while it is active, as credential_process prints them', async () => {
    const { sessionId } = (await owner.addUser('anna')).session;
    const path = `/v1/sessions/${sessionId}/credentials`;
    expect((await owner.ask('GET', path)).status).toBe(409);
    await post(`/v1/sessions/${sessionId}/start`);
    expect(await (await owner.ask('GET', path)).json()).toMatchObject({
      Version: 1,
      AccessKeyId: expect.stringMatching(/^ASIA/) as string,
      Expiration: expect.stringMatching(/Z$/) as string,
    });
    expect((await owner.askAs({ role: 'window' }, 'GET', path)).status).toBe(403);
  });
});

describe('events', () => {
  it('report each change; the stream ends with its reader', async () => {
    const { sessionId } = (await owner.addUser('anna')).session;
    const seen: string[] = [];
    const readers = countReaders(owner.stint.events);
    const ending = new AbortController();
    const following = (async () => {
      for await (const { event } of owner.client.events({ signal: ending.signal })) {
        if (event.type === 'session') seen.push(event.session.status);
        if (event.type === 'session') expect(event.session).not.toHaveProperty('runFields');
        if (seen.includes('active')) break;
      }
    })();
    await eventually(readers, (count) => count === 1);
    await post(`/v1/sessions/${sessionId}/start`);
    await following;
    expect(seen).toEqual(['pending', 'active']);
    await eventually(readers, (count) => count === 0);
  });

  it('are caught up with after a break, or begin with a reset where that cannot be', async () => {
    const { sessionId } = (await owner.addUser('anna')).session;
    const next = async (lastEventId?: string) => {
      for await (const received of owner.client.events({ lastEventId })) return received;
      throw new Error('it ended');
    };
    const unknown = await next('nobody-7');
    expect(unknown.event.type).toBe('reset');
    await owner.ask('PATCH', `/v1/sessions/${sessionId}`, { body: { pinned: true } });
    const missed = await next(unknown.id);
    expect(missed.event).toMatchObject({ type: 'session', session: { pinned: true } });
  });

  it('about questions are for those who may answer them', async () => {
    const { sessionId } = (await owner.addUser('anna', { mfa: true })).session;
    const viewer = await owner.askAs({ role: 'viewer' }, 'GET', '/v1/events');
    await post(`/v1/sessions/${sessionId}/start`);
    await post(`/v1/sessions/${sessionId}/stop`);
    const decoder = new TextDecoder();
    let text = '';
    for await (const piece of viewer.body ?? []) {
      text += decoder.decode(piece as Uint8Array);
      if (text.includes('"inactive"')) break;
    }
    expect(text).toContain('"pending"');
    expect(text).not.toContain('promptId');
  });
});

describe('with the vault locked', () => {
  const passphrase = 'correct horse battery staple';

  it('list, stop and the question work; the rest answers 423 with the question’s id', async () => {
    const locked = await scratchApi({ passphrase });
    onTestFinished(() => locked.close());
    const ask = (path: string, body?: unknown) =>
      locked.ask('POST', path, body === undefined ? {} : { body });
    const { sessionId } = (await locked.addUser('anna')).session;
    await ask(`/v1/sessions/${sessionId}/start`);
    await locked.stint.vault.lock();
    expect((await locked.ask('GET', '/v1/sessions')).status).toBe(200);
    const refused = await ask(`/v1/sessions/${sessionId}/rotate`);
    expect(refused.status).toBe(423);
    const { promptId } = (await refused.json()) as { promptId: string };
    const wrong = await ask(`/v1/prompts/${promptId}`, { answer: 'not the passphrase' });
    expect(wrong.status).toBe(423);
    expect((await ask(`/v1/sessions/${sessionId}/stop`)).status).toBe(200);
    expect(await locked.credentials()).toBe(before);
    const right = await ask(`/v1/prompts/${promptId}`, { answer: passphrase });
    expect(right.status).toBe(204);
    expect((await ask(`/v1/sessions/${sessionId}/start`)).status).toBe(200);
  });
});

it('settings are read and patched; a wrong one changes nothing', async () => {
  const patch = (body: object) => owner.ask('PATCH', '/v1/settings', { body });
  expect(await (await patch({ onQuit: 'keep-sessions' })).json()).toMatchObject({
    onQuit: 'keep-sessions',
  });
  expect((await patch({ onQuit: 'explode' })).status).toBe(422);
  expect(await (await owner.ask('GET', '/v1/settings')).json()).toMatchObject({
    onQuit: 'keep-sessions',
  });
});

it('the history tells what happened, newest first, in pages', async () => {
  const { sessionId } = (await owner.addUser('anna')).session;
  await post(`/v1/sessions/${sessionId}/start`);
  await post(`/v1/sessions/${sessionId}/stop`);
  const { items } = await owner.client.request('GET', '/v1/history', {
    query: { session: sessionId },
  });
  expect(items.map(({ kind }) => kind)).toEqual([
    'session-stopped',
    'session-started',
    'session-created',
  ]);
  const page = await owner.client.request('GET', '/v1/history', { query: { limit: 1 } });
  expect(page.items).toHaveLength(1);
  expect(page.nextCursor).toBeDefined();
});

it('the last runs of a session say what it was then, when, by whom, how often renewed and why they ended', async () => {
  const { sessionId } = (await owner.addUser('anna')).session;
  const path = `/v1/sessions/${sessionId}`;
  await post(`${path}/start`);
  await post(`${path}/rotate`);
  await post(`${path}/stop`);
  await owner.pass(60);
  await owner.ask('PATCH', path, { body: { sessionName: 'anna (ops)', region: 'eu-north-1' } });
  await post(`${path}/start`);
  const { items } = await owner.client.request('GET', '/v1/sessions/{id}/runs', {
    path: { id: sessionId },
  });
  expect(items).toMatchObject([
    { startedBy: 'owner', renewals: 0, snapshot: { sessionName: 'anna (ops)' } },
    { startedBy: 'owner', renewals: 1, reason: 'stopped', snapshot: { sessionName: 'anna' } },
  ]);
  expect(items.map(({ endedAt }) => endedAt !== undefined)).toEqual([false, true]);
  expect((await owner.ask('GET', '/v1/sessions/nobody/runs')).status).toBe(404);
});
