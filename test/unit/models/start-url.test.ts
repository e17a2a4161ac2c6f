import { expect, it } from 'vitest';
import {
  isAccessPortal,
  regionOfStartUrl,
  withoutFragment,
} from '../../../src/models/start-url.ts';

it.each([
  ['https://acme.awsapps.com/start#/', 'https://acme.awsapps.com/start'],
  ['https://acme.awsapps.com/start/#/', 'https://acme.awsapps.com/start'],
  ['https://acme.awsapps.com/start/\\#/', 'https://acme.awsapps.com/start'],
  ['https://acme.awsapps.com/start#/?tab=accounts', 'https://acme.awsapps.com/start'],
  ['https://acme.awsapps.com/start', 'https://acme.awsapps.com/start'],
  ['https://acme.awsapps.com/start/', 'https://acme.awsapps.com/start/'],
])('%s is kept as %s', (typed, kept) => {
  expect(withoutFragment(typed)).toBe(kept);
});

it.each([
  ['https://ssoins-72238f444baccc75.portal.us-west-2.app.aws', 'us-west-2'],
  ['https://ssoins-72238f444baccc75.eu-west-1.portal.amazonaws.com/', 'eu-west-1'],
  ['https://SSOINS-72238F444BACCC75.Portal.us-gov-west-1.app.aws', 'us-gov-west-1'],
  ['https://ssoins-1.portal.cn-north-1.app.amazonwebservices.com.cn', 'cn-north-1'],
  ['https://ssoins-1.cn-northwest-1.portal.amazonaws.com.cn', 'cn-northwest-1'],
  ['https://ssoins-1.portal.eusc-de-east-1.api.amazonwebservices.eu', 'eusc-de-east-1'],
  ['https://ssoins-1.eusc-de-east-1.portal.amazonaws.eu', 'eusc-de-east-1'],
  ['https://start.us-gov-east-1.us-gov-home.awsapps.com/directory/d-1', 'us-gov-east-1'],
  ['https://start.cn-north-1.home.awsapps.cn/directory/d-1', 'cn-north-1'],
  ['https://acme.awsapps.com/start', undefined],
  ['https://start.us-gov-home.awsapps.com/directory/d-1', undefined],
  ['https://start.home.awsapps.cn/directory/d-1', undefined],
  ['https://identitycenter.amazonaws.com/ssoins-1', undefined],
  ['https://x.portal.us-west-2.app.aws.evil.example/', undefined],
  ['https://evil.example\\.portal.us-west-2.app.aws/', undefined],
  ['https://x.portal.us-west-2.app.aws@evil.example/', undefined],
  ['http://127.0.0.1:4566/start', undefined],
])('%s names region %s', (startUrl, region) => {
  expect(regionOfStartUrl(startUrl)).toBe(region);
});

it.each([
  'https://acme.awsapps.com/start',
  'https://d-1234567890.awsapps.com/start',
  'https://ACME.awsapps.com./start',
  'https://start.us-gov-home.awsapps.com/directory/d-1',
  'https://start.home.awsapps.cn/directory/d-1',
  'https://ssoins-72238f444baccc75.portal.us-west-2.app.aws',
  'https://ssoins-72238f444baccc75.eu-west-1.portal.amazonaws.com:443/',
  'https://ssoins-1.portal.cn-north-1.app.amazonwebservices.com.cn',
  'https://ssoins-1.cn-northwest-1.portal.amazonaws.com.cn',
  'https://ssoins-1.eusc-de-east-1.portal.amazonaws.eu',
  'https://ssoins-1.portal.eusc-de-east-1.api.amazonwebservices.eu',
  'https://identitycenter.amazonaws.com/ssoins-72238f444baccc75',
  'https://identitycenter.us-gov.amazonaws.com/ssoins-72238f444baccc75',
])('%s is an address of AWS', (startUrl) => {
  expect(isAccessPortal(startUrl)).toBe(true);
});

it.each([
  'https://sso.acme.example/',
  'http://acme.awsapps.com/start',
  'https://acme.awsapps.com.evil.example/start',
  'https://evil.example/acme.awsapps.com',
  'https://evil.example?x=.awsapps.com',
  'https://acme.awsapps.com@evil.example/start',
  'https://acme.awsapps.com:x@evil.example/start',
  'https://notawsapps.com/start',
  'https://s3.amazonaws.com/bucket',
  'https://x.identitycenter.amazonaws.com/ssoins-1',
])('%s is not', (startUrl) => {
  expect(isAccessPortal(startUrl)).toBe(false);
});
