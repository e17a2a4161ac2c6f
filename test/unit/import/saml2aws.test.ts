import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { saml2awsDraft } from '../../../src/services/import/sources/saml2aws/importer.ts';

const file = '/home/anna/.saml2aws';
const path = new URL('../../fixtures/import/saml2aws/saml2aws.ini', import.meta.url);
const text = readFileSync(path, 'utf8');
const draftOf = (content: string, samlProvider?: string) =>
  saml2awsDraft(content, { file, defaultRegion: 'us-east-1', samlProvider });

describe('the configuration of saml2aws', () => {
  it('has an identity provider for each address where a sign-in begins', () => {
    expect(draftOf(text).identityProviders?.map(({ fields }) => fields)).toEqual([
      { name: 'Okta corp.okta.com', url: 'https://corp.okta.com/home/amazon_aws/0oa1/272' },
      { name: 'Ping sso.gov.example', url: 'https://sso.gov.example/x#start' },
      {
        name: 'ADFS adfs.corp.example',
        url: 'https://adfs.corp.example/adfs/ls/IdpInitiatedSignOn.aspx?loginToRp=urn%3Aamazon%3Awebservices',
      },
      {
        name: 'AzureAD account.activedirectory.windowsazure.com',
        url:
          'https://account.activedirectory.windowsazure.com/applications/redirecttofederatedapplication.aspx' +
          '?Operation=LinkedSignIn&applicationId=11111111-2222-3333-4444-555555555555',
      },
    ]);
  });

  it('says that a certificate which saml2aws does not check is checked', () => {
    expect(draftOf(text).identityProviders?.map(({ notes }) => notes)).toEqual([
      undefined,
      ['skip_verify is ignored: a sign-in in a browser checks certificates.'],
      undefined,
      undefined,
    ]);
  });

  it('has a federated session for each role, with the provider of its account', () => {
    const { sessions, skipped } = draftOf(text, 'Corp');
    expect(sessions?.map(({ fields }) => fields)).toEqual([
      {
        type: 'awsIamRoleFederated',
        sessionName: 'default',
        region: 'eu-central-1',
        idpArn: 'arn:aws:iam::123456789012:saml-provider/Corp',
        roleArn: 'arn:aws:iam::123456789012:role/team/Payments',
        profileName: 'payments',
        roleSeconds: 28_800,
      },
      {
        type: 'awsIamRoleFederated',
        sessionName: 'gov',
        region: 'us-gov-west-1',
        idpArn: 'arn:aws-us-gov:iam::123456789012:saml-provider/Corp',
        roleArn: 'arn:aws-us-gov:iam::123456789012:role/Admin',
        profileName: 'saml',
      },
      {
        type: 'awsIamRoleFederated',
        sessionName: 'adfs',
        region: 'us-east-1',
        idpArn: 'arn:aws:iam::210987654321:saml-provider/Corp',
        roleArn: 'arn:aws:iam::210987654321:role/Ops',
        profileName: 'saml',
      },
    ]);
    expect(skipped?.map(({ name }) => name)).toEqual(['azure']);
  });

  it('asks for the name of the SAML provider, which saml2aws does not keep', () => {
    const { sessions, skipped } = draftOf(text);
    expect(sessions).toEqual([]);
    expect(skipped?.[0]).toEqual({
      kind: 'session',
      name: 'default',
      source: `[default], line 2 of ${file}`,
      reason:
        'saml2aws keeps no ARN of the SAML provider in IAM. Give its name: --saml-provider NAME',
    });
  });
});

describe('a damaged or hostile configuration of saml2aws', () => {
  it.each([
    ['is empty', '', 'no section of it has a url'],
    ['has no addresses', '[a]\nprovider = x', 'no section of it has a url'],
    ['has a line that says nothing', '[a]\nurl = https://a.example\nnonsense', 'line 3'],
    ['is binary', '\u0000\u0001\u0002', 'line 1'],
  ])('is refused, naming the file, when it %s', (_, content, why) => {
    expect(() => draftOf(content)).toThrow(
      expect.objectContaining({
        code: 'file-unreadable',
        message: expect.stringContaining(why) as unknown,
      }) as Error,
    );
  });

  it('cannot reach the prototype of objects', () => {
    const { identityProviders } = draftOf('[__proto__]\nurl = https://a.example\n__proto__ = x');
    expect(identityProviders).toHaveLength(1);
    expect(({} as Record<string, unknown>)['url']).toBeUndefined();
  });

  it('skips a role that is not an ARN', () => {
    const { skipped } = draftOf('[a]\nurl = https://a.example\nrole_arn = Admin', 'Corp');
    expect(skipped?.[0]?.reason).toBe('Its role_arn is not the ARN of a role.');
  });
});
