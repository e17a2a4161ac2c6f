import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { columns, type ColumnId } from '../../src/app/sessions/columns.ts';
import { command } from '../support/command.ts';
import { scratchApi, type ScratchApi } from '../support/scratch-api.ts';

/*
 * What the command shows of each entry of a list, and the parameters of its route that choose by it. The
 * columns are those that `--columns` offers, so that one cannot come without a filter.
 */

const filters: Readonly<
  Record<
    string,
    { readonly route: string; readonly columns: Readonly<Record<string, readonly string[]>> }
  >
> = {
  'session list': {
    route: '/v1/sessions',
    columns: {
      status: ['status', 'active'],
      name: ['name'],
      account: ['account'],
      type: ['type'],
      integration: ['integration'],
      profile: ['profile'],
      region: ['region'],
      started: ['startedFrom', 'startedTo'],
      'time left': ['endsFrom', 'endsTo'],
      environment: ['environment'],
      labels: ['label'],
      id: ['id'],
    },
  },
  'integration list': {
    route: '/v1/integrations',
    columns: {
      status: ['status', 'loggedInUntilFrom', 'loggedInUntilTo'],
      name: ['name'],
      kind: ['kind'],
      where: ['startUrl', 'tenant'],
      region: ['region'],
      synced: ['syncedFrom', 'syncedTo'],
      id: ['id'],
    },
  },
  'idp list': { route: '/v1/idps', columns: { name: ['name'], url: ['url'], id: ['id'] } },
  'profile list': {
    route: '/v1/profiles',
    columns: {
      profile: ['profile'],
      session: ['session'],
      region: ['region'],
      delivery: ['delivery'],
      status: ['status'],
      published: ['published'],
      id: ['session'],
    },
  },
  'token list': {
    route: '/v1/tokens',
    columns: {
      name: ['name'],
      role: ['role'],
      state: ['state'],
      issued: ['issuedFrom', 'issuedTo'],
      until: ['expiresFrom', 'expiresTo'],
      session: ['session'],
      scopes: ['scope'],
      id: ['id'],
    },
  },
};

/** The same of the window's list of sessions. */
const windowColumns: Readonly<Record<ColumnId, readonly string[]>> = {
  session: ['name', 'status', 'id', 'pinned', 'q'],
  role: ['role'],
  account: ['account'],
  type: ['type'],
  profile: ['profile'],
  region: ['region'],
  environment: ['environment'],
  labels: ['label'],
  source: ['integration', 'idp', 'parent'],
  started: ['startedFrom', 'startedTo'],
  left: ['endsFrom', 'endsTo'],
};

let owner: ScratchApi;
beforeAll(async () => {
  owner = await scratchApi();
});
afterAll(async () => {
  await owner.close();
});

const document = JSON.parse(
  readFileSync(join(import.meta.dirname, '..', '..', 'openapi.json'), 'utf8'),
) as {
  readonly paths: Readonly<
    Record<
      string,
      { readonly get?: { readonly parameters?: readonly { readonly name: string }[] } }
    >
  >;
};

const parametersOf = (route: string) =>
  (document.paths[route]?.get?.parameters ?? []).map(({ name }) => name);

describe('every column of a list has a filter', () => {
  it.each(Object.entries(filters))('stint %s', async (list, { route, columns }) => {
    const { stderr } = await command(owner, [...list.split(' '), '--columns', 'no-such-column']);
    const shown = /Columns: (.*)/.exec(stderr)?.[1]?.trim().split(', ') ?? [];
    const titles = Object.keys(columns).map((title) => title.replaceAll(' ', '-'));
    expect(titles.toSorted()).toEqual(shown.toSorted());
    expect(parametersOf(route)).toEqual(expect.arrayContaining(Object.values(columns).flat()));
  });

  it.each(columns)('the window’s column “$title” of sessions', ({ id }) => {
    expect(windowColumns[id]).not.toEqual([]);
    expect(parametersOf('/v1/sessions')).toEqual(expect.arrayContaining([...windowColumns[id]]));
  });
});

describe('a filter by time', () => {
  it('counts both ends, and leaves out what has no such time', async () => {
    const made = await owner.client.request('POST', '/v1/tokens', { body: { name: 'ci' } });
    const all = await owner.client.request('GET', '/v1/tokens');
    const { issuedAt, expiresAt } = all.items.find(({ tokenId }) => tokenId === made.tokenId) ?? {
      issuedAt: '',
      expiresAt: '',
    };
    const names = async (query: string) => {
      const { items } = (await (await owner.ask('GET', `/v1/tokens?${query}`)).json()) as {
        items: readonly { readonly name: string }[];
      };
      return items.map(({ name }) => name);
    };
    expect(await names(`issuedFrom=${issuedAt}&issuedTo=${issuedAt}`)).toEqual(['ci']);
    expect(await names(`expiresTo=${issuedAt}`)).toEqual([]);
    expect(await names(`expiresFrom=${expiresAt}&id=${made.tokenId}`)).toEqual(['ci']);
    const { items } = await owner.client.request('GET', '/v1/sessions', {
      query: { endsFrom: '2000-01-01T00:00:00Z' },
    });
    expect(items).toEqual([]);
  });

  it('finds a session by the time that it has left', async () => {
    const { session } = await owner.addUser('short', { fields: { tokenSeconds: 3600 } });
    await owner.ask('POST', `/v1/sessions/${session.sessionId}/start`);
    const within = async (seconds: number) => {
      const endsTo = new Date(Date.now() + seconds * 1000).toISOString();
      const { items } = await owner.client.request('GET', '/v1/sessions', { query: { endsTo } });
      return items.map(({ sessionName }) => sessionName);
    };
    expect(await within(60)).toEqual([]);
    expect(await within(7200)).toEqual(['short']);
  });

  it('finds entries of the history by what they say', async () => {
    const { items } = await owner.client.request('GET', '/v1/history', {
      query: { detail: 'CI: OPERATOR' },
    });
    expect(items).toEqual([]);
    await owner.client.request('POST', '/v1/tokens', { body: { name: 'ci', role: 'operator' } });
    const found = await owner.client.request('GET', '/v1/history', {
      query: { detail: 'CI: OPERATOR' },
    });
    expect(found.items.map(({ kind }) => kind)).toEqual(['token-issued']);
    const listed = async (detail: string) => {
      const args = ['history', '--all', '--json', '--detail', detail];
      const { stdout } = await command(owner, args);
      return JSON.parse(stdout) as unknown;
    };
    expect(await listed('CI: OPERATOR')).toMatchObject([{ kind: 'token-issued' }]);
    expect(await listed('no such words')).toEqual([]);
  });
});
