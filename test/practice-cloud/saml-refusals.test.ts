import { describe, expect, it } from 'vitest';
import { accountId, refusal } from './practice.ts';
import { denied, expired, invalid, roleArn, samlRoleForEachTest } from './saml-role.ts';

const saml = samlRoleForEachTest();
const { practice, response, assume } = saml;

describe('AssumeRoleWithSAML', () => {
  it.each([
    ['value', 'Response signature invalid'],
    ['unsigned', 'Response signature invalid'],
    ['second-assertion', 'Your request included an invalid SAML response.'],
    ['wrapped', 'Your request included an invalid SAML response.'],
    ['not-xml', 'Your request included an invalid SAML response.'],
    ['doctype', 'Your request included an invalid SAML response.'],
  ] as const)('refuses a response that was tampered with: %s', async (tamper, message) => {
    expect(await refusal(assume({ tamper }))).toEqual(invalid(message));
  });

  it('refuses what another provider signed, and a provider that is not there', async () => {
    const other = await practice.admin.createSamlProvider({ name: 'other', accountId });
    const ben = { idpArn: other.idpArn, userName: 'ben' };
    await practice.admin.createSamlUser({ ...ben, roles: [roleArn] });
    const claimed = {
      issuer: 'urn:practice-cloud:saml:acme',
      roleValues: [`${roleArn},${saml.idpArn}`],
    };
    const [foreign, forged] = [
      await practice.admin.samlResponse(ben),
      await practice.admin.samlResponse({ ...ben, ...claimed }),
    ];
    expect(await refusal(assume({}, { SAMLAssertion: foreign }))).toEqual(
      invalid('Issuer not present in specified provider'),
    );
    expect(await refusal(assume({}, { SAMLAssertion: forged }))).toEqual(
      invalid('Response signature invalid'),
    );
    expect(await refusal(assume({}, { PrincipalArn: `${saml.idpArn}x` }))).toEqual(
      invalid("Specified provider doesn't exist"),
    );
  });

  it('refuses a response that is too old, ended or not yet good', async () => {
    expect(await refusal(assume({ issuedSecondsAgo: 301, validSeconds: 3600 }))).toEqual(
      expired('Token must be redeemed within 5 minutes of issuance'),
    );
    expect(await refusal(assume({ issuedSecondsAgo: 60, validSeconds: 30 }))).toEqual(
      expired('The SAML assertion has expired.'),
    );
    expect(await refusal(assume({ sessionSeconds: 0 }))).toEqual(
      expired('The SAML assertion has expired.'),
    );
    expect(await refusal(assume({ issuedSecondsAgo: -400 }))).toEqual(
      invalid('The SAML assertion is not valid yet.'),
    );
    const SAMLAssertion = await response();
    await practice.admin.setOverrides({ clockOffsetSeconds: 301 });
    expect((await refusal(assume({}, { SAMLAssertion }))).code).toBe('ExpiredTokenException');
  });

  it('refuses a response for somebody else', async () => {
    expect(await refusal(assume({ audience: 'https://example.com/saml' }))).toEqual(
      invalid('Response does not contain the required audience.'),
    );
    await assume({ audience: 'urn:amazon:webservices' });
    await assume({ recipient: 'https://eu-west-1.signin.aws.amazon.com/saml' });
    for (const recipient of [
      'https://example.com/saml',
      'https://signin.amazonaws.cn/saml',
      'http://signin.aws.amazon.com/saml',
      'https://evil.example/?https://signin.aws.amazon.com/saml',
    ]) {
      expect(await refusal(assume({ recipient }))).toEqual(
        invalid('Response does not contain the required recipient.'),
      );
    }
  });

  it('refuses a failed sign-in, and malformed names', async () => {
    expect(await refusal(assume({ succeeded: false }))).toEqual({
      code: 'IDPRejectedClaimException',
      status: 403,
      message: 'The identity provider reported that authentication failed.',
    });
    expect(await refusal(assume({ roleSessionName: null }))).toEqual(
      invalid('RoleSessionName is required in AuthnResponse'),
    );
    await practice.admin.createSamlUser({
      idpArn: saml.idpArn,
      userName: 'sid',
      roles: [roleArn],
      sourceIdentity: 'aws:sid',
    });
    const SAMLAssertion = await practice.admin.samlResponse({
      idpArn: saml.idpArn,
      userName: 'sid',
    });
    expect(await refusal(assume({}, { SAMLAssertion }))).toEqual(
      invalid('Source Identity must match [a-zA-Z_0-9+=,.@-]{2,64} and not begin with "aws:"'),
    );
    expect(await refusal(assume({ roleSessionName: 'two words' }))).toEqual(
      invalid('RoleSessionName in AuthnResponse must match [a-zA-Z_0-9+=,.@-]{2,64}'),
    );
  });

  it('refuses a role that is not there, or does not trust the identity provider', async () => {
    const { admin } = practice;
    const offer = async (name: string, trust?: object) => {
      const RoleArn = `arn:aws:iam::${accountId}:role/${name}`;
      if (trust) await admin.createRole({ roleArn: RoleArn, principals: [saml.idpArn], ...trust });
      return await refusal(assume({ roleValues: [`${RoleArn},${saml.idpArn}`] }, { RoleArn }));
    };
    expect(await offer('nowhere')).toEqual(denied());
    expect(await offer('others', { principals: [`${saml.idpArn}x`] })).toEqual(denied());
    expect(await offer('external', { externalId: 'x1' })).toEqual(denied());
    expect(await offer('mfa', { mfaRequired: true })).toEqual(denied());
  });

  it('refuses what is not a response, without repeating it', async () => {
    expect(await refusal(assume({}, { SAMLAssertion: 'not base 64!' }))).toEqual(
      invalid('Invalid base64 SAMLResponse'),
    );
    const long = await refusal(assume({}, { SAMLAssertion: 'A'.repeat(100_001) }));
    expect(long.message).toBe(
      "1 validation error detected: Value at 'sAMLAssertion' failed to satisfy constraint: " +
        'Member must have length less than or equal to 100000',
    );
    expect((await refusal(assume({}, { RoleArn: 'arn:aws:iam::1:role/x' }))).message).toContain(
      'is invalid',
    );
  });
});

it('IAM takes a provider that runs elsewhere only by metadata with its id and certificate', async () => {
  const account = { name: 'elsewhere', accountId };
  const entity = (inner: string) =>
    `<EntityDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata" entityID="urn:x">${inner}</EntityDescriptor>`;
  const refused = [
    '',
    'no xml'.repeat(200),
    entity(' '.repeat(1000)),
    entity(`<IDPSSODescriptor>${' '.repeat(1000)}</IDPSSODescriptor>`),
  ];
  for (const metadata of refused) {
    await expect(practice.admin.registerSamlProvider({ ...account, metadata })).rejects.toThrow(
      'Could not parse metadata',
    );
  }
});
