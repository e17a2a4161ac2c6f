import { beforeEach, describe, expect, it } from 'vitest';
import { aRunningApi } from '../support/running-owner.ts';
import { before, eventually, type Added } from '../support/scratch-owner.ts';
import type { ScratchApi } from '../support/scratch-api.ts';

let owner: ScratchApi;
let anna: Added;
let path: string;
aRunningApi((started) => {
  owner = started;
});

const add = async (options?: Parameters<ScratchApi['addUser']>[1]) => {
  anna = await owner.addUser('anna', options);
  path = `/v1/sessions/${anna.session.sessionId}`;
};
const post = (rest: string, body?: unknown) =>
  owner.ask('POST', rest.startsWith('/v1') ? rest : `${path}${rest}`, {
    ...(body === undefined ? {} : { body }),
  });
const read = async <T>(answer: Response | Promise<Response>) => (await (await answer).json()) as T;
const state = () => read<{ status: string; lastEnd?: { reason: string } }>(owner.ask('GET', path));
const openPrompt = (otherThan?: string) =>
  eventually(
    () => owner.stint.prompts.list().find(({ promptId }) => promptId !== otherThan),
    (prompt) => prompt !== undefined,
  );
const mfaCode = () => owner.cloud.mfaCode(String(anna.user.mfaSerial));

describe('with MFA', () => {
  beforeEach(() => add({ mfa: true }));

  it('a wrong code is asked for again, and the right one lets the start continue', async () => {
    const { prompts } = await read<{ prompts: { promptId: string; device: string }[] }>(
      post('/start'),
    );
    expect(prompts).toMatchObject([{ kind: 'mfa', device: anna.user.mfaSerial }]);
    const first = prompts[0]?.promptId ?? '';
    expect((await post(`/v1/prompts/${first}`, { answer: '000000' })).status).toBe(204);
    const again = await openPrompt(first);
    expect(again?.text).toContain('refused');
    expect(await state()).toMatchObject({ status: 'pending' });
    await post(`/v1/prompts/${again?.promptId ?? ''}`, { answer: await mfaCode() });
    await eventually(state, ({ status }) => status === 'active');
    expect(await owner.credentials()).toContain('[anna]');
  });

  it('three wrong codes end the start as failed, and nothing is delivered', async () => {
    await post('/start');
    let last: string | undefined;
    for (const answer of ['000000', '000001', '000002']) {
      last = (await openPrompt(last))?.promptId;
      await post(`/v1/prompts/${last ?? ''}`, { answer });
    }
    const ended = await eventually(state, ({ status }) => status === 'inactive');
    expect(ended.lastEnd?.reason).toBe('failed');
    expect(owner.stint.prompts.list()).toEqual([]);
    expect(await owner.credentials()).toBe(before);
  });

  it('two starts at once are one: one question, one run', async () => {
    const [one, two] = await Promise.all([post('/start'), post('/start')]);
    expect([one.status, two.status]).toEqual([202, 202]);
    const ids = await Promise.all(
      [one, two].map(async (answer) =>
        (await read<{ prompts: { promptId: string }[] }>(answer)).prompts.map((p) => p.promptId),
      ),
    );
    expect(ids[0]).toHaveLength(1);
    expect(ids[0]).toEqual(ids[1]);
  });

  it('a stop during the start cancels it and its question', async () => {
    const { prompts } = await read<{ prompts: { promptId: string }[] }>(post('/start'));
    const stopped = await read<{ session: object }>(post('/stop'));
    expect(stopped.session).toMatchObject({
      status: 'inactive',
      lastEnd: { reason: 'cancelled' },
    });
    const late = await post(`/v1/prompts/${prompts[0]?.promptId ?? ''}`, { answer: '123456' });
    expect(late.status).toBe(409);
    expect(await owner.credentials()).toBe(before);
  });

  it('a session deleted during its start is gone, and so is the question', async () => {
    await post('/start');
    expect((await owner.ask('DELETE', path)).status).toBe(204);
    expect((await owner.ask('GET', path)).status).toBe(404);
    expect(await read(owner.ask('GET', '/v1/prompts'))).toEqual({ items: [] });
    expect(await owner.credentials()).toBe(before);
  });

  it('a question nobody answers closes by itself, and the start with it', async () => {
    await post('/start');
    await owner.pass(301);
    expect(await read(owner.ask('GET', '/v1/prompts'))).toEqual({ items: [] });
    const ended = await eventually(state, ({ status }) => status === 'inactive');
    expect(ended.lastEnd?.reason).toBe('failed');
  });

  it('the next start asks nothing, until the sign-in is forgotten', async () => {
    await post('/start');
    const prompt = await openPrompt();
    await post(`/v1/prompts/${prompt?.promptId ?? ''}`, { answer: await mfaCode() });
    await eventually(state, ({ status }) => status === 'active');
    await post('/stop');
    expect((await post('/start')).status).toBe(200);
    await post('/stop');
    expect((await post('/forget')).status).toBe(204);
    expect((await post('/start')).status).toBe(202);
  });

  it('of two answers at once one is taken, and the other finds the question closed', async () => {
    const { prompts } = await read<{ prompts: { promptId: string }[] }>(post('/start'));
    const promptPath = `/v1/prompts/${prompts[0]?.promptId ?? ''}`;
    const answer = await mfaCode(); // the same in both: which one comes first is open
    const [one, two] = await Promise.all([
      post(promptPath, { answer }),
      post(promptPath, { answer }),
    ]);
    expect([one.status, two.status].sort()).toEqual([204, 409]);
    await eventually(state, ({ status }) => status === 'active');
  });
});

describe('without a person', () => {
  beforeEach(() => add());

  it('starting what runs changes nothing: the same run, the same credentials', async () => {
    const one = await read<{ session: { run: { id: string } } }>(post('/start'));
    const file = await owner.credentials();
    const two = await post('/start');
    expect(two.status).toBe(200);
    expect(await read(two)).toMatchObject({ session: { run: { id: one.session.run.id } } });
    expect(await owner.credentials()).toBe(file);
  });

  it('a rotation gives other credentials to the same run; startDateTime stays', async () => {
    interface Run {
      readonly session: { readonly startDateTime: string; readonly run: { readonly id: string } };
    }
    const started = await read<Run>(post('/start'));
    const keys = () => read<{ AccessKeyId: string }>(owner.ask('GET', `${path}/credentials`));
    const old = await keys();
    await owner.pass(5);
    const rotated = await read<Run & { session: { rotatedAt: string } }>(post('/rotate'));
    expect((await keys()).AccessKeyId).not.toBe(old.AccessKeyId);
    expect(rotated.session.run).toEqual(started.session.run);
    expect(rotated.session.startDateTime).toBe(started.session.startDateTime);
    expect(rotated.session.rotatedAt > started.session.startDateTime).toBe(true);
    expect(await owner.credentials()).not.toContain(old.AccessKeyId);
  });

  it('a stop and a start at once end in one of their two states, file and answer alike', async () => {
    await post('/start');
    await Promise.all([post('/stop'), post('/start'), post('/rotate'), post('/stop')]);
    await eventually(state, ({ status }) => status !== 'pending');
    const { status } = await state();
    expect(['active', 'inactive']).toContain(status);
    const file = await owner.credentials();
    if (status === 'inactive') expect(file).toBe(before);
    else expect(file).toContain('[anna]');
    expect((await owner.ask('GET', `${path}/credentials`)).status).toBe(
      status === 'active' ? 200 : 409,
    );
  });

  it('a session deleted during a rotation is gone, and its section with it', async () => {
    await post('/start');
    const [rotated, removed] = await Promise.all([post('/rotate'), owner.ask('DELETE', path)]);
    expect(removed.status).toBe(204);
    expect([200, 404, 409]).toContain(rotated.status);
    expect((await owner.ask('GET', path)).status).toBe(404);
    expect(await owner.credentials()).toBe(before);
  });

  it('an edit while it runs counts from the next start', async () => {
    await post('/start', {});
    const patched = await owner.ask('PATCH', path, { body: { profileName: 'other' } });
    expect(patched.status).toBe(200);
    await post('/rotate');
    expect(await owner.credentials()).toContain('[anna]');
    await post('/stop');
    expect(await owner.credentials()).toBe(before);
    await post('/start');
    expect(await owner.credentials()).toContain('[other]');
  });

  it('past its validUntil it ends and is archived; taking that away brings it back', async () => {
    owner.stint.scheduler.start();
    await post('/start');
    const validUntil = new Date(Date.parse(anna.session.createdAt) + 60_000).toISOString();
    await owner.ask('PATCH', path, { body: { validUntil } });
    await post('/stop');
    await post('/start');
    await owner.pass(61);
    const ended = await eventually(state, (session) => 'archivedAt' in session);
    expect(ended).toMatchObject({ status: 'inactive', lastEnd: { reason: 'valid-until' } });
    const listed = async (query: string) =>
      (await read<{ items: object[] }>(owner.ask('GET', `/v1/sessions${query}`))).items.length;
    expect([await listed(''), await listed('?archived=true')]).toEqual([0, 1]);
    const refused = await post('/start');
    expect(refused.status).toBe(409);
    expect(await read(refused)).toMatchObject({ type: 'urn:stint:problem:session-archived' });
    await owner.ask('PATCH', path, { body: { validUntil: null } });
    expect(await listed('')).toBe(1);
    expect((await post('/start')).status).toBe(200);
  });

  it('past its validUntil it does not start, though nobody has looked at the time yet', async () => {
    await owner.ask('PATCH', path, { body: { validUntil: '2020-01-31T12:00:00Z' } });
    const refused = await post('/start');
    expect(refused.status).toBe(409);
    expect(await read(refused)).toMatchObject({
      type: 'urn:stint:problem:session-archived',
      detail: expect.stringContaining('2020-01-31T12:00:00') as string,
    });
    expect(await owner.credentials()).toBe(before);
  });

  it('one of two on the same profile takes over from the other', async () => {
    const conflict = (await owner.addUser('conflict', { fields: { profileName: 'anna' } })).session;
    await post('/start');
    expect((await post(`/v1/sessions/${conflict.sessionId}/start`)).status).toBe(200);
    expect(await state()).toMatchObject({
      status: 'inactive',
      lastEnd: { reason: 'superseded' },
    });
    await post(`/v1/sessions/${conflict.sessionId}/stop`);
    expect(await owner.credentials()).toBe(before);
  });
});
