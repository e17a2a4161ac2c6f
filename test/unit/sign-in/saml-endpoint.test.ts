import { expect, it } from 'vitest';
import { isSamlEndpoint } from '../../../src/services/sign-in/saml-endpoint.ts';

it.each([
  ['https://signin.aws.amazon.com/saml', true],
  ['https://signin.aws.amazon.com/saml?x=1', true],
  ['https://eu-west-1.signin.aws.amazon.com/saml', true],
  ['https://eu-west-1.signin.aws.amazon.com/saml/acs/SAMLSP1A2B', true],
  ['https://signin.amazonaws.cn/saml', true],
  ['https://cn-north-1.signin.amazonaws.cn/saml', true],
  ['https://signin.amazonaws-us-gov.com/saml', true],
  ['https://us-gov-west-1.signin.amazonaws-us-gov.com/saml', true],
  ['https://signin.amazonaws-eusc.eu/saml', true],
  ['https://eusc-de-east-1.signin.amazonaws-eusc.eu/saml', true],
  ['http://signin.aws.amazon.com/saml', false],
  ['https://signin.aws.amazon.com:8443/saml', false],
  ['https://signin.aws.amazon.com/', false],
  ['https://signin.aws.amazon.com/samlx', false],
  ['https://signin.aws.amazon.com.evil.example/saml', false],
  ['https://evilsignin.aws.amazon.com/saml', false],
  ['https://a.b.signin.aws.amazon.com/saml', false],
  ['https://evil.example/https://signin.aws.amazon.com/saml', false],
  ['https://idp.example/sso?acs=https://signin.aws.amazon.com/saml', false],
  ['https://signin.aws.amazon.com@evil.example/saml', false],
  ['not an address', false],
])('%s is an endpoint of AWS: %s', (url, expected) => {
  expect(isSamlEndpoint(url)).toBe(expected);
});
