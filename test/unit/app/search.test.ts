import { describe, expect, it } from 'vitest';
import { matchesWords, searchWords, textOf } from '../../../src/app/sessions/search.ts';
import { iamUser, ssoRole } from './app-sessions.ts';

const operator = ssoRole('payments-prod', 'Operator', { labels: ['platform'] });
const finds = (query: string, session = operator) =>
  matchesWords(textOf(session, ['acme-sso', 'production']), searchWords(query));

describe('the search finds a session by', () => {
  it.each([
    ['part of its name, in any case', 'PAYMENTS op'],
    ['its name with or without blanks', 'payments-prod/operator'],
    ['its account id', '447109328810'],
    ['its account id with hyphens', '4471-0932-8810'],
    ['part of its account id, with hyphens elsewhere', '447-1093'],
    ['its e-mail address', 'aws+payments-prod@acme'],
    ['its profile', 'payments-prod-Operator'],
    ['a label', 'platform'],
    ['its region', 'eu-west'],
    ['its type', 'sso role'],
    ['its integration', 'acme-sso'],
    ['its environment', 'production'],
    ['the ARN of its role', 'arn:aws:iam::447109328810:role/Operator'],
    [
      'the ARN that Identity Center gave the role',
      'arn:aws:iam::447109328810:role/aws-reserved/sso.amazonaws.com/eu-west-1/AWSReservedSSO_Operator_9f3c5a7b1d2e4f60',
    ],
    [
      'the ARN of a program that uses it',
      'arn:aws:sts::447109328810:assumed-role/AWSReservedSSO_Operator_9f3c5a7b1d2e4f60/anna',
    ],
  ])('%s', (_, query) => {
    expect(finds(query)).toBe(true);
  });

  it('every word, not some', () => {
    expect(finds('payments reader')).toBe(false);
    expect(finds('arn:aws:iam::447109328810:role/Reader')).toBe(false);
    expect(finds('arn:aws:iam::111122223333:role/Operator')).toBe(false);
  });

  it('the ARN of its MFA device', () => {
    const mfaSerial = 'arn:aws:iam::447109328810:mfa/anna';
    expect(finds(mfaSerial, iamUser('anna', { mfaSerial }))).toBe(true);
  });
});

it('an empty search finds everything', () => {
  expect(finds('  ')).toBe(true);
});
