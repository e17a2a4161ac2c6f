import { describe, expect, it } from 'vitest';
import { profileTemplateSchema, profileText } from '../../../src/models/profile-template.ts';

const role = {
  sessionName: 'Payments / Audit',
  accountName: 'Payments',
  accountId: '447109328810',
  roleName: 'Audit',
};

describe('a profile is named', () => {
  it.each([
    ['{session}', 'Payments / Audit'],
    ['{account}-{role}', 'Payments-Audit'],
    ['aws.{accountId}.{role}', 'aws.447109328810.Audit'],
    ['{integration}-{account}-{role}', 'acme-Payments-Audit'],
  ])('by %s', (template, text) => {
    expect(profileText(template, role, 'acme')).toBe(text);
  });

  it('after account id and role of the ARN where these have no names', () => {
    const chained = { sessionName: 'x', roleArn: 'arn:aws:iam::447109328810:role/team/Audit' };
    expect(profileText('{account}-{role}', chained, undefined)).toBe('447109328810-Audit');
  });

  it('after the session if that lacks a value', () => {
    expect(profileText('{account}-{role}', { sessionName: 'anna' }, undefined)).toBe('anna');
    expect(profileText('{integration}-{role}', role, undefined)).toBe('Payments / Audit');
  });

  it('by what a value says, even if that looks like a placeholder', () => {
    expect(profileText('{account}', { ...role, accountName: '{role}$&' }, undefined)).toBe(
      '{role}$&',
    );
  });
});

it.each([
  '',
  'prod',
  '{acount}',
  '{account}/{role}',
  '{account} {role}',
  '[{role}]',
  '{account}-{',
])('the template %j is refused', (template) => {
  expect(profileTemplateSchema.safeParse(template).success).toBe(false);
});
