import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { v4 as uuid } from 'uuid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { scratchApi, type ScratchApi } from '../support/scratch-api.ts';
import { eventually } from '../support/scratch-owner.ts';
import { attemptsOf } from './attempts.ts';

/*
 * Programs that change the set-up at the same moment, each change allowed by itself, and a workspace
 * that somebody edited by hand into what no request could make.
 */

const attempts = attemptsOf('programs that race');
const rounds = 8;

let owner: ScratchApi;
let root: string;
beforeAll(async () => {
  owner = await scratchApi();
  root = (await owner.addUser('root')).session.sessionId;
});
afterAll(async () => {
  await owner.close();
});

const chained = (name: string, parentSessionId: string) => ({
  type: 'awsIamRoleChained',
  sessionName: name,
  region: 'eu-west-1',
  roleArn: 'arn:aws:iam::447109328810:role/deploy',
  roleSessionName: 'racer',
  parentSessionId,
});
const add = async (name: string, parentSessionId: string): Promise<string> => {
  const answer = await owner.ask('POST', '/v1/sessions', { body: chained(name, parentSessionId) });
  expect(answer.status, await answer.clone().text()).toBe(201);
  return ((await answer.json()) as { sessionId: string }).sessionId;
};
const moveTo = (id: string, parentSessionId: string) =>
  owner.ask('PATCH', `/v1/sessions/${id}`, { body: { parentSessionId } });
const parentOf = (id: string) => {
  const session = owner.stint.sessions.list().find(({ sessionId }) => sessionId === id);
  return session?.type === 'awsIamRoleChained' ? session.parentSessionId : undefined;
};

/** The way up from `id`, as far as it goes. */
function leadsBack(id: string): boolean {
  const seen = new Set<string>();
  for (let at: string | undefined = id; at !== undefined; at = parentOf(at)) {
    if (seen.has(at)) return true;
    seen.add(at);
  }
  return false;
}

describe('changes at the same moment', () => {
  it('make no cycle of parents, however many they are', async () => {
    for (let round = 0; round < rounds; round += 1) {
      const ids = await Promise.all([1, 2, 3].map((n) => add(`ring ${round}.${n}`, root)));
      const next = (n: number) => String(ids[(n + 1) % ids.length]);
      const answers = await Promise.all(ids.map((id, n) => moveTo(id, next(n))));
      expect(attempts.note(ids.some(leadsBack))).toBe(false);
      expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 200, 422]);
    }
  });

  it('add a session of the same id once', async () => {
    for (let round = 0; round < rounds; round += 1) {
      const sessionId = uuid();
      const answers = await Promise.all(
        [1, 2, 3].map((n) =>
          owner.ask('POST', '/v1/sessions', {
            body: { ...chained(`same ${round}.${n}`, root), sessionId },
          }),
        ),
      );
      const statuses = answers.map(({ status }) => status).toSorted();
      expect(attempts.note(statuses[1] === 201)).toBe(false);
      expect(statuses).toEqual([201, 409, 409]);
    }
  });

  it('give sessions of the same name profiles of their own', async () => {
    const made = await Promise.all(Array.from({ length: rounds }, () => add('the same', root)));
    const profiles = new Set(
      owner.stint.sessions.list().flatMap((one) => (one.type === 'azure' ? [] : one.profileName)),
    );
    expect(attempts.note(profiles.size < owner.stint.sessions.list().length)).toBe(false);
    expect(new Set(made).size).toBe(rounds);
  });

  it('give no child to a parent that is being removed', async () => {
    const { sessions } = owner.stint;
    for (let round = 0; round < rounds; round += 1) {
      const parent = await add(`parent ${round}`, root);
      const between = await add(`between ${round}`, parent);
      const other = await add(`moved ${round}`, root);
      const removed = sessions.remove(parent, { by: 'tester' });
      const statuses = await Promise.all(
        [parent, between].flatMap((leaving) => [
          owner.ask('POST', '/v1/sessions', { body: chained(`child ${round}`, leaving) }),
          moveTo(other, leaving),
        ]),
      ).then((answers) => answers.map(({ status }) => status));
      await removed;
      expect(attempts.note(statuses.some((status) => status !== 422))).toBe(false);
    }
  });

  it('leave no child running whose parent was removed while it started', async () => {
    for (let round = 0; round < 5; round += 1) {
      const { session: parent } = await owner.addUser(`leaver${round}`);
      const child = await add(`starter ${round}`, parent.sessionId);
      await Promise.all([
        owner.ask('DELETE', `/v1/sessions/${parent.sessionId}`),
        owner.ask('POST', `/v1/sessions/${child}/start`, { body: {} }),
      ]);
      const { status } = await eventually(
        () => owner.stint.sessions.get(child),
        (session) => session.status !== 'pending',
      );
      expect(attempts.note(status === 'active')).toBe(false);
    }
  });
});

describe('a workspace edited by hand', () => {
  it('with a cycle of parents shows it as broken and follows it nowhere', async () => {
    const ids = await Promise.all([1, 2, 3].map((n) => add(`edited ${n}`, root)));
    const leading = await add('leads into the cycle', String(ids[0]));
    const file = join(owner.folder, 'stint', 'workspace.json');
    const document = JSON.parse(await readFile(file, 'utf8')) as { sessions: EditedSession[] };
    for (const session of document.sessions) {
      const at = ids.indexOf(session.sessionId);
      if (at !== -1) session.parentSessionId = String(ids[(at + 1) % ids.length]);
      Object.assign(session, at === -1 ? {} : { status: 'active' });
    }
    await writeFile(file, JSON.stringify(document));
    // Any change reads the file again.
    await owner.ask('PATCH', `/v1/sessions/${root}`, { body: { labels: ['read again'] } });

    const listed = await owner.ask('GET', '/v1/sessions');
    const { broken = [] } = (await listed.json()) as { broken?: readonly object[] };
    const cycle = ids.map((sessionId, n): unknown => ({
      sessionId,
      sessionName: `edited ${n + 1}`,
      message: 'parentSessionId leads back to this session',
    }));
    // They were added at the same time, so any may come first.
    expect(broken).toHaveLength(cycle.length);
    expect(broken).toEqual(expect.arrayContaining(cycle));
    for (const id of ids) {
      const started = await owner.ask('POST', `/v1/sessions/${id}/start`, { body: {} });
      expect(attempts.note(started.status !== 404)).toBe(false);
    }
    const started = await owner.ask('POST', `/v1/sessions/${leading}/start`, { body: {} });
    expect(attempts.note(started.ok)).toBe(false);
    expect(await started.json()).toMatchObject({ type: 'urn:stint:problem:dependency-missing' });
    expect((await owner.ask('DELETE', `/v1/sessions/${leading}`)).status).toBe(204);
    await owner.stint.reconciliation.reconcile();
  });

  it('keeps a broken entry from a new session of the same id', async () => {
    const id = await add('odd', root);
    const file = join(owner.folder, 'stint', 'workspace.json');
    const document = JSON.parse(await readFile(file, 'utf8')) as { sessions: EditedSession[] };
    for (const session of document.sessions) {
      if (session.sessionId === id) Object.assign(session, { roleArn: 'odd' });
    }
    await writeFile(file, JSON.stringify(document));
    await owner.ask('PATCH', `/v1/sessions/${root}`, { body: { labels: ['read once more'] } });
    const answer = await owner.ask('POST', '/v1/sessions', {
      body: { ...chained('new', root), sessionId: id },
    });
    expect(attempts.note(answer.ok)).toBe(false);
    expect(answer.status).toBe(409);
    expect(await readFile(file, 'utf8')).toContain('"odd"');
  });
});

interface EditedSession {
  readonly sessionId: string;
  parentSessionId?: string;
}
