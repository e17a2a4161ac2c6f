import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { Integration } from '../../../src/models/integration.ts';
import { defaultSettings, scratchWorkspace } from './scratch-workspace.ts';

const acme = (): Integration => ({
  integrationId: randomUUID(),
  kind: 'awsSso',
  name: 'acme',
  region: 'eu-west-1',
  startUrl: 'https://acme.awsapps.com/start',
  status: 'logged-out',
});
const okta = () => ({ idpId: randomUUID(), name: 'okta', url: 'https://acme.okta.com' });

async function workspaceWith(entries: object) {
  const scratch = await scratchWorkspace();
  await scratch.write(
    JSON.stringify({ version: 1, sessions: [], settings: defaultSettings, ...entries }),
  );
  return { scratch, store: await scratch.open() };
}

describe('integrations and identity providers in the workspace', () => {
  test('are there after a restart', async () => {
    const [integration, idp] = [acme(), okta()];
    const { scratch, store } = await workspaceWith({});
    await store.save({
      integrations: { put: [integration] },
      identityProviders: { put: [idp] },
      keepBackup: true,
    });
    const again = await scratch.open();
    expect(again.integrations()).toEqual([integration]);
    expect(again.identityProviders()).toEqual([idp]);
    await again.save({ integrations: { remove: [integration.integrationId] }, keepBackup: true });
    expect((await scratch.open()).integrations()).toEqual([]);
  });

  test('keep what a newer version wrote into them', async () => {
    const integration = { ...acme(), colour: 'blue' };
    const { scratch, store } = await workspaceWith({ integrations: [integration] });
    const [known] = store.integrations();
    expect(known).not.toHaveProperty('colour');
    const changed = { ...known, name: 'Acme' } as Integration;
    await store.save({ integrations: { put: [changed] }, keepBackup: true });
    expect(await scratch.json()).toMatchObject({
      integrations: [{ ...integration, name: 'Acme', colour: 'blue' }],
    });
  });

  test('that are not valid are kept, with a notice', async () => {
    const broken = { ...acme(), startUrl: 'not an address' };
    const { scratch, store } = await workspaceWith({ integrations: [broken, 7] });
    expect(store.integrations()).toEqual([]);
    expect(store.notices()).toEqual([
      'The integration acme in the workspace is not valid; it is kept and not used.',
      'The integration in the workspace is not valid; it is kept and not used.',
    ]);
    const good = acme();
    await store.save({ integrations: { put: [good] }, keepBackup: true });
    expect(await scratch.json()).toMatchObject({ integrations: [broken, 7, good] });
  });

  test('changed in the file meanwhile are read again before they are written', async () => {
    const [mine, theirs] = [acme(), { ...acme(), name: 'theirs' }];
    const { scratch, store } = await workspaceWith({ integrations: [mine] });
    const text = await scratch.json();
    await scratch.write(JSON.stringify({ ...text, integrations: [mine, theirs] }));
    await store.save({ integrations: { put: [{ ...mine, name: 'mine' }] }, keepBackup: true });
    expect(store.integrations().map(({ name }) => name)).toEqual(['mine', 'theirs']);
  });
});
