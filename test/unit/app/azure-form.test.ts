import { describe, expect, it } from 'vitest';
import { azureForm } from '../../../src/app/integrations/azure-form.ts';

type Context = Parameters<typeof azureForm>[0];

const agency = {
  kind: 'azure',
  integrationId: '0b7d3cf1-3f6a-4f0e-9a55-2f2c7f2e8a11',
  name: 'agency',
  tenantId: 'agency.us',
  authorityHost: 'https://login.microsoftonline.us/',
  clientId: 'its-app',
  credential: 'client-secret',
  status: 'logged-in',
} as const;
const form = (integration?: object, settings: object = {}) =>
  azureForm({ integration, settings } as Context);
const names = (values: Record<string, string>, integration?: object) =>
  form(integration)
    .fields(values)
    .map(({ name }) => name);

describe('the fields of a tenant', () => {
  it.each([
    ['default', 'person', []],
    ['custom', 'person', ['authorityHost']],
    ['AzureChinaCloud', 'client-secret', ['clientSecret']],
    ['custom', 'client-certificate', ['authorityHost', 'clientCertificate']],
  ])('in cloud %s where %s signs in', (cloud, signIn, more) => {
    const always = ['name', 'tenantId', 'cloud', 'signIn', 'clientId'];
    expect(names({ cloud, signIn }).sort()).toEqual([...always, ...more].sort());
  });

  it('a secret is optional only if the vault has one of that kind', () => {
    const optional = (signIn: string) =>
      form(agency)
        .fields({ cloud: 'default', signIn })

        .find((field) => 'secret' in field)?.optional;
    expect([optional('client-secret'), optional('client-certificate')]).toEqual([true, false]);
  });

  it('the cloud of the settings comes first, and the public cloud after it', () => {
    const clouds = (settings: object) =>
      form(undefined, settings)
        .fields({ cloud: 'default', signIn: 'person' })
        .flatMap((field) =>
          field.kind === 'select' && field.name === 'cloud' ? field.choices : [],
        )
        .map(({ label }) => label)
        .slice(0, 2);
    expect(clouds({})).toEqual(['Azure (public)', 'Azure US Government']);
    expect(clouds({ azureAuthorityHost: 'https://login.private.example' })).toEqual([
      'Default from settings (login.private.example)',
      'Azure (public)',
    ]);
  });
});

describe('the request for a tenant', () => {
  const typed = { name: 'contoso', tenantId: 'contoso.com', signIn: 'person' };

  it.each([
    [{ cloud: 'default' }, {}],
    [{ cloud: 'AzureUSGovernment' }, { authorityHost: 'https://login.microsoftonline.us' }],
    [{ cloud: 'custom', authorityHost: 'https://a.b' }, { authorityHost: 'https://a.b' }],
    [
      { cloud: 'default', clientId: 'app', clientSecret: 's' },
      { clientId: 'app', secrets: { clientSecret: 's' } },
    ],
    [
      { cloud: 'default', clientId: 'app', clientCertificate: 'pem' },
      { clientId: 'app', secrets: { clientCertificate: 'pem' } },
    ],
  ])('that is new: %j', (more, sent) => {
    expect(form().created({ ...typed, ...more })).toEqual({
      kind: 'azure',
      name: 'contoso',
      tenantId: 'contoso.com',
      ...sent,
    });
  });

  it.each([
    [{}, {}],
    [{ name: 'office' }, { name: 'office' }],
    [{ cloud: 'default' }, { authorityHost: null }],
    [{ cloud: 'AzureChinaCloud' }, { authorityHost: 'https://login.chinacloudapi.cn' }],
    [{ clientSecret: 'new' }, { secrets: { clientSecret: 'new' } }],
  ])('that is edited: %j', (more, sent) => {
    const edited = form(agency);
    expect(edited.changed({ ...edited.before, ...more })).toEqual(sent);
  });
});
