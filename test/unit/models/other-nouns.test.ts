import { describe, expect, it } from 'vitest';
import { identityProviderSchema } from '../../../src/models/identity-provider.ts';
import { integrationSchema } from '../../../src/models/integration.ts';
import { leaseSchema } from '../../../src/models/lease.ts';

const id = '5f0c7c52-92f1-4b1c-9d5e-8d6f6c1f2a11';
const at = '2026-11-20T12:00:00.000Z';

describe('an identity provider', () => {
  it.each([
    ['https://login.partner.example/saml', true],
    ['http://127.0.0.1:8080/saml', true],
    ['http://localhost/saml', true],
    ['http://[::1]:9/saml', true],
    ['http://login.partner.example/saml', false],
    ['http://127.0.0.1.evil.example/saml', false],
    ['http://localhost.evil.example/saml', false],
    ['ftp://login.partner.example', false],
    ['javascript:alert(1)', false],
  ])('at %s is taken: %s', (url, taken) => {
    const provider = { idpId: id, name: 'Partner', url };
    expect(identityProviderSchema.safeParse(provider).success).toBe(taken);
  });
});

describe('an integration', () => {
  const sso = {
    integrationId: id,
    name: 'acme',
    kind: 'awsSso',
    region: 'eu-west-1',
    startUrl: 'https://acme.awsapps.com/start',
    status: 'logged-out',
  };

  it('of IAM Identity Center has a region and a start page', () => {
    expect(integrationSchema.safeParse(sso).success).toBe(true);
    expect(integrationSchema.safeParse({ ...sso, startUrl: undefined }).success).toBe(false);
    expect(integrationSchema.safeParse({ ...sso, startUrl: 'http://a.example' }).success).toBe(
      false,
    );
  });

  it('of Azure has a tenant, by id or domain', () => {
    const azure = { integrationId: id, name: 'contoso', kind: 'azure', status: 'logged-in' };
    expect(integrationSchema.safeParse({ ...azure, tenantId: id }).success).toBe(true);
    expect(integrationSchema.safeParse({ ...azure, tenantId: 'contoso.com' }).success).toBe(true);
    expect(integrationSchema.safeParse({ ...azure, tenantId: '../x' }).success).toBe(false);
  });
});

it('a lease says which run it belongs to and how often it was used', () => {
  const lease = { leaseId: id, runId: id, kind: 'exec', openedAt: at, lastUsedAt: at, uses: 3 };
  expect(leaseSchema.safeParse(lease).success).toBe(true);
  expect(leaseSchema.safeParse({ ...lease, uses: -1 }).success).toBe(false);
  expect(leaseSchema.safeParse({ ...lease, arguments: 'secret' }).success).toBe(false);
});
