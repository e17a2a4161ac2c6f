import { describe, expect, it, vi } from 'vitest';
import { copiedFetch } from '../../electron/owner/copied-fetch.ts';
import { aRunningApi } from '../support/running-owner.ts';
import type { ScratchApi } from '../support/scratch-api.ts';

let owner: ScratchApi;
let id: string;
aRunningApi(async (started) => {
  owner = started;
  id = (await owner.addUser('anna')).session.sessionId;
});
const copy = (role: 'owner' | 'window' | 'operator' | 'viewer') =>
  owner.askAs({ role }, 'POST', `/v1/sessions/${id}/copy`);

describe('copying credentials', () => {
  it.each(['owner', 'window'] as const)('gives the role %s lines for a shell', async (role) => {
    await owner.stint.sessions.start(id, { by: 'anna' });
    const { accessKeyId, secretAccessKey, sessionToken } =
      await owner.stint.sessions.credentials(id);
    expect(await (await copy(role)).json()).toEqual({
      text:
        `export AWS_ACCESS_KEY_ID='${accessKeyId}'\nexport AWS_SECRET_ACCESS_KEY='${secretAccessKey}'\n` +
        `export AWS_SESSION_TOKEN='${sessionToken}'\nexport AWS_REGION='eu-west-1'\n`,
    });
  });

  it('names the endpoint that the run works with, whatever was edited since', async () => {
    const endpointUrl = String(owner.stint.settings.current().awsStsEndpointUrl);
    const { session } = await owner.addUser('local', { fields: { endpointUrl } });
    id = session.sessionId;
    await owner.stint.sessions.start(id, { by: 'anna' });
    await owner.ask('PATCH', `/v1/sessions/${id}`, {
      body: { endpointUrl: null, region: 'us-east-1', profileName: 'other' },
      headers: { 'content-type': 'application/merge-patch+json', 'if-match': '*' },
    });
    expect(await (await copy('window')).text()).toContain(
      `export AWS_REGION='eu-west-1'\\nexport AWS_ENDPOINT_URL='${endpointUrl}'`,
    );
    // Every reader gets the same: what the next run takes, and what this one works with.
    const shown = { region: 'us-east-1', profileName: 'other', delivery: 'credentials-file' };
    const run = {
      region: 'eu-west-1',
      profileName: 'local',
      delivery: 'credentials-file',
      endpointUrl,
    };
    const always = { ...shown, run, labels: [], pinned: false, limits: {} };
    const one = await (await owner.ask('GET', `/v1/sessions/${id}`)).json();
    const list = (await (await owner.ask('GET', '/v1/sessions')).json()) as {
      items: { sessionId: string }[];
    };
    expect(one).toMatchObject(always);
    expect(list.items.find(({ sessionId }) => sessionId === id)).toEqual(one);
    await owner.stint.sessions.stop(id, { by: 'anna' });
    expect(await (await owner.ask('GET', `/v1/sessions/${id}`)).json()).not.toHaveProperty('run');
  });

  it('counts as a read of the keys, in leases and history', async () => {
    await owner.stint.sessions.start(id, { by: 'anna' });
    await copy('window');
    expect(owner.stint.leases.list(id)).toMatchObject([{ kind: 'static', process: 'clipboard' }]);
    const kinds = owner.stint.history.list({ limit: 50 }).items.map(({ kind }) => kind);
    expect(kinds).toContain('lease-opened');
  });

  it('is refused to other roles, and while the session is inactive', async () => {
    for (const role of ['operator', 'viewer'] as const) {
      expect((await copy(role)).status).toBe(403);
    }
    expect((await copy('window')).status).toBe(409);
  });

  it('on the desktop goes to the clipboard by the main process, and the page gets none of it', async () => {
    await owner.stint.sessions.start(id, { by: 'anna' });
    const { secretAccessKey } = await owner.stint.sessions.credentials(id);
    let content: Readonly<Record<string, string>> = {};
    const clipboard = {
      readText: () => Promise.resolve(content['text/plain'] ?? ''),
      write: (formats: Readonly<Record<string, string>>) => {
        content = formats;
        return Promise.resolve();
      },
      clear: () => {
        content = {};
      },
    };
    const { fetch } = copiedFetch(() => copy('window'), { clipboard }, 'darwin');
    vi.useFakeTimers({ toFake: ['setTimeout'] });
    const url = `http://stint/v1/sessions/${id}/copy`;
    const answer = await fetch(new Request(url, { method: 'POST' }));
    expect(await answer.json()).toEqual({ text: '' });
    expect(content['text/plain']).toContain(secretAccessKey);
    expect(Object.keys(content).join()).toContain('org.nspasteboard.ConcealedType');
    await vi.advanceTimersByTimeAsync(60_000);
    vi.useRealTimers();
    expect(content).toEqual({});
  });
});
