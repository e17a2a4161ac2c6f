import { describe, expect, it } from 'vitest';
import { maySignInNavigate } from '../../../electron/guards/navigation.ts';
import { identityProviderFieldsSchema } from '../../../src/models/identity-provider.ts';
import { integrationFieldsSchema } from '../../../src/models/integration.ts';
import { settingsPatchSchema } from '../../../src/models/settings.ts';
import { isLoopback } from '../../../src/models/url.ts';

const takesIdp = (url: string) =>
  identityProviderFieldsSchema.safeParse({ name: 'corp', url }).success;
const takesStartUrl = (startUrl: string) =>
  integrationFieldsSchema.safeParse({ kind: 'awsSso', name: 'acme', region: 'eu-west-1', startUrl })
    .success;

describe('an address that only looks like this machine', () => {
  it.each([
    'http://localhost:x@evil.example/',
    'http://localhost@evil.example/',
    'http://127.0.0.1:80@evil.example/',
    'http://[::1]@evil.example/',
    'http://localhost.evil.example/',
    'http://127.0.0.1.evil.example/',
    'http://localhost%2f@evil.example/',
    'http://localhost%00.evil.example/',
    'http://evil.example\\@localhost/',
    'http://evil.example#@localhost/',
    'http://evil.example?@localhost/',
    'http://128.0.0.1/',
    'http://[::2]/',
    'ftp://localhost/',
    'file://localhost/etc/passwd',
    'javascript://localhost/%0aalert(1)',
    'localhost',
    '//localhost/',
    '',
  ])('%j is not loopback, not a place to sign in, and no sign-in window goes there', (address) => {
    expect(isLoopback(address)).toBe(false);
    expect(maySignInNavigate(address)).toBe(false);
    expect(takesIdp(address)).toBe(false);
    expect(takesStartUrl(address)).toBe(false);
  });
});

describe('this machine', () => {
  it.each([
    'http://localhost:8080/',
    'http://LOCALHOST/',
    'http://user:x@localhost/',
    'http://127.0.0.1/',
    'http://127.1/',
    'http://0x7f000001/',
    'http://[::1]:4000/saml',
    'http://localhost\\path',
  ])('%j is loopback however it is written', (address) => {
    expect(isLoopback(address)).toBe(true);
    expect(maySignInNavigate(address)).toBe(true);
    expect(takesIdp(address)).toBe(true);
  });
});

it('takes https in any case', () => {
  expect(takesIdp('HTTPS://login.example.com/saml')).toBe(true);
  expect(maySignInNavigate('HTTPS://login.example.com/saml')).toBe(true);
});

describe('a proxy of the settings', () => {
  it.each([
    'http://user:secret@proxy.example:3128',
    'http://user@proxy.example:3128',
    'http://:secret@proxy.example:3128',
    'http:\\\\user:secret@proxy.example:3128',
    'http:/user:secret@proxy.example:3128',
    'https:user:secret@proxy.example',
  ])('%j is refused: the workspace holds no password', (httpProxy) => {
    expect(settingsPatchSchema.safeParse({ httpProxy }).success).toBe(false);
  });
});

describe('the authority host of an Azure cloud', () => {
  const takes = (authorityHost: string) =>
    integrationFieldsSchema.safeParse({ kind: 'azure', name: 'a', tenantId: 't', authorityHost })
      .success;
  it.each(['https://login.microsoftonline.us', 'https://login.microsoftonline.us/'])(
    '%j is taken',
    (address) => {
      expect(takes(address)).toBe(true);
    },
  );
  it.each([
    'http://login.microsoftonline.us',
    'https://login.microsoftonline.us/tenant',
    'https://login.microsoftonline.us\\tenant',
    'https://login.microsoftonline.us@evil.example',
    'https://login.microsoftonline.us?x',
    'https://login.microsoftonline.us#x',
  ])('%j is refused', (address) => {
    expect(takes(address)).toBe(false);
  });
});
