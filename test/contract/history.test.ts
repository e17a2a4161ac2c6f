import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { HistoryEntry } from '../../src/models/history.ts';
import { exportText } from '../../src/models/history-export.ts';
import { scratchApi, type ScratchApi } from '../support/scratch-api.ts';

let owner: ScratchApi;
beforeAll(async () => {
  owner = await scratchApi();
});
afterAll(async () => {
  await owner.close();
});

const newest = (kind: HistoryEntry['kind']) =>
  owner.stint.history.list({ kind, limit: 1 }).items[0];

describe('an entry says', () => {
  it('who asked, with which role and by which way', async () => {
    await owner.ask('PATCH', '/v1/settings', { body: { consoleBrowser: 'chrome-profile' } });
    expect(newest('settings-updated')).toMatchObject({
      by: 'owner',
      actor: { role: 'owner', via: 'socket' },
    });
  });

  it('with which client token, by whose name and id it is found again', async () => {
    const { session } = await owner.addUser('anna');
    const made = await owner.client.request('POST', '/v1/tokens', {
      body: { name: 'ci', role: 'operator' },
    });
    const path = `/v1/sessions/${session.sessionId}`;
    await owner.ask('PATCH', path, {
      body: { pinned: true },
      headers: { authorization: `Bearer ${made.token}`, 'if-match': `"${session.revision}"` },
    });
    for (const actor of ['ci', made.tokenId]) {
      const { items } = await owner.client.request('GET', '/v1/history', { query: { actor } });
      expect(items).toMatchObject([
        {
          kind: 'session-updated',
          by: 'ci',
          actor: { role: 'operator', tokenId: made.tokenId, via: 'socket' },
          changes: [{ field: 'pinned', to: true }],
        },
      ]);
    }
  });

  it('which settings were changed, from what to what', async () => {
    await owner.ask('PATCH', '/v1/settings', { body: { deleteOldKeyAfterDays: 7 } });
    await owner.ask('PATCH', '/v1/settings', { body: { deleteOldKeyAfterDays: 9 } });
    await owner.ask('PATCH', '/v1/settings', { body: { deleteOldKeyAfterDays: null } });
    await owner.ask('PATCH', '/v1/settings', { body: { deleteOldKeyAfterDays: null } });
    const { items } = owner.stint.history.list({ kind: 'settings-updated', limit: 3 });
    const field = 'deleteOldKeyAfterDays';
    expect(items.map(({ changes }) => changes)).toEqual([
      [{ field, from: 9 }],
      [{ field, from: 7, to: 9 }],
      [{ field, to: 7 }],
    ]);
  });

  it('that secrets were replaced, and not by which', async () => {
    const { session } = await owner.addUser('berta');
    const secretAccessKey = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYZZZZZZZZZZ';
    const secrets = { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey };
    await owner.ask('PATCH', `/v1/sessions/${session.sessionId}`, {
      body: { secrets },
      headers: { 'if-match': `"${session.revision}"` },
    });
    expect(newest('session-updated')).toMatchObject({ changes: [{ field: 'secrets' }] });
    expect(readFileSync(join(owner.folder, 'stint', 'history.db')).includes(secretAccessKey)).toBe(
      false,
    );
  });

  it('when an identity provider was created, changed and removed', async () => {
    const fields = { name: 'acme', url: 'https://idp.acme.example/saml' };
    const made = await owner.client.request('POST', '/v1/idps', { body: fields });
    const path = `/v1/idps/${made.idpId}`;
    await owner.ask('PATCH', path, { body: { name: 'acme 2' } });
    await owner.ask('PATCH', path, { body: { name: 'acme 2' } });
    await owner.ask('DELETE', path);
    const about = owner.stint.history
      .list({ limit: 10 })
      .items.filter(({ kind }) => kind.startsWith('identity-provider-'));
    expect(about).toMatchObject([
      { kind: 'identity-provider-removed', message: 'acme 2', by: 'owner' },
      {
        kind: 'identity-provider-updated',
        changes: [{ field: 'name', from: 'acme', to: 'acme 2' }],
      },
      { kind: 'identity-provider-created', message: 'acme' },
    ]);
  });

  it('what was edited of an integration', async () => {
    const fields = {
      kind: 'awsSso',
      name: 'acme',
      region: 'eu-west-1',
      startUrl: 'https://a.awsapps.com/start',
    } as const;
    const made = await owner.client.request('POST', '/v1/integrations', { body: fields });
    await owner.ask('PATCH', `/v1/integrations/${made.integrationId}`, { body: { name: 'b' } });
    expect(newest('integration-updated')).toMatchObject({
      changes: [{ field: 'name', from: 'acme', to: 'b' }],
    });
  });
});

describe('the export', () => {
  it('has every entry that the filter leaves, newest first, as JSON', async () => {
    for (let i = 0; i < 1100; i += 1) {
      owner.stint.history.append({ kind: 'login', message: `sign-in ${i}`, by: 'stint' });
    }
    owner.stint.history.append({ kind: 'logout', by: 'stint' });
    const answer = await owner.ask('GET', '/v1/history/export?kind=login&actor=stint');
    expect(answer.headers.get('content-type')).toBe('application/json');
    const entries = (await answer.json()) as HistoryEntry[];
    expect(entries.map(({ message }) => message)).toEqual(
      Array.from({ length: 1100 }, (_, i) => `sign-in ${1099 - i}`),
    );
  });

  it('is an empty array where nothing is left, and refuses what it does not know', async () => {
    const none = await owner.ask('GET', '/v1/history/export?actor=nobody');
    expect(await none.json()).toEqual([]);
    expect((await owner.ask('GET', '/v1/history/export?format=xml')).status).toBe(422);
    expect((await owner.ask('GET', '/v1/history/export?kind=party')).status).toBe(422);
  });

  it('is CSV as RFC 4180 has it, and runs nothing in a spreadsheet', async () => {
    const { history } = owner.stint;
    for (const message of ['=HYPERLINK("http://evil")', '+1', '-1', '@SUM(A1)', 'a, "b"\r\nc']) {
      history.append({ kind: 'key-created', message, by: 'stint' });
    }
    const answer = await owner.ask('GET', '/v1/history/export?format=csv&kind=key-created');
    expect(answer.headers.get('content-type')).toMatch(/^text\/csv/);
    const text = await answer.text();
    expect(text).toMatch(/^entryId,at,kind,sessionId,/);
    expect(text.endsWith('\r\n')).toBe(true);
    expect(text).toContain(',"a, ""b""\r\nc",stint,');
    for (const harmless of [`,"'=HYPERLINK(""http://evil"")",`, `,'+1,`, `,'-1,`, `,'@SUM(A1),`]) {
      expect(text).toContain(harmless);
    }
  });

  it('reads the next page only when the one before was taken', async () => {
    const read: number[] = [];
    const pages = (async function* () {
      for (let page = 1; ; page += 1) {
        read.push(page);
        yield await Promise.resolve([]);
      }
    })();
    const pieces = exportText('csv', pages);
    await pieces.next();
    expect(read).toEqual([]);
    await pieces.next();
    expect(read).toEqual([1]);
    await pieces.return(undefined);
  });
});
