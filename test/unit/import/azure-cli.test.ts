import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { settingsSchema, type Settings } from '../../../src/models/settings.ts';
import { azureCliImporter } from '../../../src/services/import/sources/azure-cli/importer.ts';
import { foreignSubscription, pythonProfile } from '../../support/scratch-azure-values.ts';

const made = join(import.meta.dirname, '..', '..', 'fixtures', 'import', 'azure-cli');
const folder = '/home/dana/.azure';
const settings = {
  defaultLocation: settingsSchema.shape.defaultLocation.parse(undefined),
} as Settings;

/** What the importer makes of these files, by name. */
async function draftOf(files: Readonly<Record<string, string | undefined>>) {
  const latin1 = (file: string) => {
    const text = files[basename(file)];
    return Promise.resolve(text && Buffer.from(text, 'utf8').toString('latin1'));
  };
  return await azureCliImporter.read({
    files: { profile: join(folder, 'azureProfile.json') },
    settings,
    reader: { latin1, text: latin1 },
    withKeys: false,
    options: {},
  });
}

const fixture = Object.fromEntries(
  ['azureProfile.json', 'clouds.config', 'config'].map((name) => [
    name,
    readFileSync(join(made, name), 'utf8'),
  ]),
);

describe('what the Azure CLI has set up', () => {
  it('has an integration for each tenant, with the sign-in address of its cloud', async () => {
    const { integrations } = await draftOf(fixture);
    expect(integrations?.map(({ fields }) => fields)).toEqual([
      {
        kind: 'azure',
        name: 'Azure 11111111-aaaa-4aaa-8aaa-111111111111',
        tenantId: '11111111-aaaa-4aaa-8aaa-111111111111',
      },
      {
        kind: 'azure',
        name: 'Azure 22222222-bbbb-4bbb-8bbb-222222222222',
        tenantId: '22222222-bbbb-4bbb-8bbb-222222222222',
      },
      {
        kind: 'azure',
        name: 'Azure 33333333-cccc-4ccc-8ccc-333333333333 (AzureUSGovernment)',
        tenantId: '33333333-cccc-4ccc-8ccc-333333333333',
        authorityHost: 'https://login.microsoftonline.us',
      },
      {
        kind: 'azure',
        name: 'Azure 44444444-dddd-4ddd-8ddd-444444444444 (AzureChinaCloud)',
        tenantId: '44444444-dddd-4ddd-8ddd-444444444444',
        authorityHost: 'https://login.chinacloudapi.cn',
      },
      {
        kind: 'azure',
        name: 'Azure 11111111-aaaa-4aaa-8aaa-111111111111 (Hub)',
        tenantId: '11111111-aaaa-4aaa-8aaa-111111111111',
        authorityHost: 'https://login.hub.example',
      },
      {
        kind: 'azure',
        name: 'Azure 55555555-eeee-4eee-8eee-555555555555',
        tenantId: '55555555-eeee-4eee-8eee-555555555555',
      },
    ]);
  });

  it('has a session for each subscription, in the default location or one of its cloud', async () => {
    const { sessions } = await draftOf(fixture);
    expect(sessions?.map(({ fields: { sessionName, region } }) => [sessionName, region])).toEqual([
      ['Payments', 'westeurope'],
      ['Entwicklung & Übung', 'westeurope'],
      ['Payments', 'westeurope'],
      ['Gov', 'usgovvirginia'],
      ['China', 'chinanorth3'],
      ['Hub', 'westeurope'],
    ]);
    expect(sessions?.[0]).toEqual({
      ref: 'https://login.microsoftonline.com 11111111-aaaa-4aaa-8aaa-111111111111 5ab00000-0000-4000-8000-000000000001',
      source: `subscription 5ab00000-0000-4000-8000-000000000001 of ${folder}/azureProfile.json`,
      integration: 'https://login.microsoftonline.com 11111111-aaaa-4aaa-8aaa-111111111111',
      fields: {
        type: 'azure',
        sessionName: 'Payments',
        region: 'westeurope',
        tenantId: '11111111-aaaa-4aaa-8aaa-111111111111',
        subscriptionId: '5ab00000-0000-4000-8000-000000000001',
        subscriptionName: 'Payments',
      },
    });
  });

  it('takes the default location over, and says what a private cloud needs', async () => {
    const { settings: found, notes } = await draftOf(fixture);
    expect(found).toEqual([
      {
        name: 'defaultLocation',
        value: 'westeurope',
        source: `[defaults] of ${folder}/config`,
      },
    ]);
    expect(notes?.[1]).toContain(
      'stint settings set azure-resource-manager-url https://management.hub.example',
    );
  });

  it('names applications and managed identities with what they need', async () => {
    const { skipped } = await draftOf(fixture);
    expect(skipped?.map(({ name, reason }) => [name, reason])).toEqual([
      [
        'Deploy',
        expect.stringContaining('--client-id 0c1ae000-0000-4000-8000-00000000abcd --ask-client'),
      ],
      ['On a machine', expect.stringContaining('managed identity')],
    ]);
  });

  it('calls a tenant as newer versions of az do, and has each subscription once', async () => {
    const named = foreignSubscription(1, {
      tenantDisplayName: 'Fabrikam',
      tenantDefaultDomain: 'f',
    });
    const { integrations, sessions } = await draftOf({
      'azureProfile.json': pythonProfile(named, foreignSubscription(1)),
    });
    expect(integrations?.map(({ fields: { name } }) => name)).toEqual(['Fabrikam']);
    expect(sessions).toHaveLength(1);
  });

  it.each([
    ['is disabled', { state: 'Disabled' }, 'Azure says that it is Disabled'],
    ['is in a cloud that is not registered', { environmentName: 'Moon' }, '--authority-host'],
  ])('skips a subscription that %s', async (_, more, reason) => {
    const profile = pythonProfile(foreignSubscription(1, more));
    const { sessions, skipped } = await draftOf({ 'azureProfile.json': profile });
    expect(sessions).toEqual([]);
    expect(skipped?.[0]?.reason).toContain(reason);
  });

  it('skips a cloud that signs in with AD FS', async () => {
    const { skipped } = await draftOf({
      'azureProfile.json': pythonProfile(foreignSubscription(1, { environmentName: 'Stack' })),
      'clouds.config': '[Stack]\nendpoint_active_directory = https://adfs.stack.example/adfs\n',
    });
    expect(skipped?.[0]?.reason).toContain('AD FS');
  });

  it('skips what Stint itself has put there', async () => {
    const user = { name: 'x', type: 'user', stint: { home: 'h', sessions: [] } };
    const { sessions, notes } = await draftOf({
      'azureProfile.json': pythonProfile(foreignSubscription(1, { user })),
    });
    expect(sessions).toEqual([]);
    expect(notes?.[0]).toContain('lists no accounts');
  });
});

describe('a damaged file of the Azure CLI', () => {
  it.each([
    ['ends early', { 'azureProfile.json': '\ufeff{"subscriptions": [{' }, 'line 1'],
    ['has another form', { 'azureProfile.json': '{\n"subscriptions": {}}' }, 'line 2'],
    ['is a list', { 'azureProfile.json': '[]' }, 'something else than an object'],
    ['is binary', { 'azureProfile.json': '\u0000\u0001' }, 'line 1'],
    [
      'has no section',
      { 'azureProfile.json': '{}', 'clouds.config': 'endpoint = x' },
      'clouds.config: line 1',
    ],
  ])('is refused, naming file and line, when it %s', async (_, files, why) => {
    await expect(draftOf(files)).rejects.toThrow(
      expect.objectContaining({
        code: 'file-unreadable',
        message: expect.stringContaining(why) as unknown,
      }) as Error,
    );
  });

  it('can hold rows that are not accounts: the rules of sessions refuse them', async () => {
    const { sessions } = await draftOf({ 'azureProfile.json': '{"subscriptions": [null, 1, {}]}' });
    expect(sessions?.every(({ fields }) => fields.type === 'azure')).toBe(true);
  });
});
