import { describe, expect, it } from 'vitest';
import { textOfTags } from '../../../src/app/fields/tags.ts';
import {
  draftFieldOf,
  draftOf,
  errorsOf,
  fieldsOf,
  patchFor,
  type Draft,
} from '../../../src/app/session-form/draft.ts';

const chained: Draft = {
  sessionName: 'audit',
  region: 'eu-west-1',
  parentSessionId: '0b7d3cf1-3f6a-4f0e-9a55-2f2c7f2e8a11',
  roleArn: 'arn:aws:iam::447109328810:role/team/Audit',
  roleSessionName: 'anna',
};
const wrong = (draft: Draft) =>
  errorsOf('awsIamRoleChained', { ...chained, ...draft }, { keysNeeded: false });

describe('what is wrong with a field is said in words for people', () => {
  it.each([
    [{}, {}],
    [{ sessionName: ' ' }, { sessionName: 'is needed' }],
    [{ sessionName: 'x'.repeat(129) }, { sessionName: 'must be at most 128 characters' }],
    [{ roleSessionName: 'a' }, { roleSessionName: 'must be at least 2 characters' }],
    [{ roleSeconds: '10' }, { roleSeconds: 'must be at least 900' }],
    [{ roleSeconds: '90000' }, { roleSeconds: 'must be at most 43200' }],
    [{ roleSeconds: '1000.5' }, { roleSeconds: 'must be a whole number' }],
    [{ roleSeconds: 'an hour' }, { roleSeconds: 'must be a whole number' }],
    [{ parentSessionId: 'anna' }, { parentSessionId: 'must be chosen from the list' }],
    [{ policyArns: 'a' }, { policyArns: 'each must be at least 20 characters' }],
    [{ policy: '{' }, { policy: 'is not JSON' }],
    [{ policy: '12' }, { policy: 'must be a policy document' }],
  ])('%j', (draft, errors) => {
    expect(wrong(draft)).toEqual(errors);
  });

  it.each([
    [[{ name: '', value: '' }], undefined],
    [[{ name: 'team', value: '' }], undefined],
    [[{ name: ' ', value: 'risk' }], 'hold a value without a name'],
    [[{ name: 'a', value: '1' }].concat({ name: ' a', value: '2' }), 'hold a twice'],
    [[{ name: 'a'.repeat(129), value: '' }], 'hold a name of more than 128 characters'],
    [[{ name: 'a', value: 'b'.repeat(257) }], 'hold a value of more than 256 characters: a'],
  ])('tags: %j', (tags, error) => {
    expect(wrong({ tags: textOfTags(tags) })['tags']).toBe(error);
  });
});

it('sends what was typed as the API takes it, and leaves out what was not', () => {
  const tags = [
    { name: ' project ', value: 'ledger' },
    { name: '', value: '' },
  ];
  const draft = { ...chained, roleSeconds: ' 3600 ', labels: 'a, ,b', tags: textOfTags(tags) };
  expect(fieldsOf('awsIamRoleChained', draft)).toEqual({
    ...chained,
    type: 'awsIamRoleChained',
    roleSeconds: 3600,
    labels: ['a', 'b'],
    tags: { project: 'ledger' },
  });
  const none = { ...chained, tags: textOfTags([{ name: '', value: '' }]) };
  expect(fieldsOf('awsIamRoleChained', none)).not.toHaveProperty('tags');
});

describe('the patch of a session', () => {
  const session = {
    type: 'awsIamRoleChained',
    ...chained,
    profileName: 'audit',
    tags: { project: 'ledger', team: 'risk' },
    limits: { maxSessionSeconds: 3600, maxLeases: 2 },
  } as unknown as Parameters<typeof patchFor>[0];

  it('takes away what was emptied, but neither what is needed nor the profile', () => {
    const emptied = Object.entries(patchFor(session, {})).filter(([, value]) => value === null);
    expect(emptied.map(([name]) => name).sort()).toEqual(
      [
        ...['delivery', 'environment', 'externalId', 'labels', 'limits', 'mfaSerial', 'policy'],
        ...['policyArns', 'roleSeconds', 'sourceIdentity', 'tags'],
      ].sort(),
    );
  });

  it('takes away tags and limits one by one: a merge patch leaves those it does not name', () => {
    const draft = {
      ...draftOf(session),
      tags: textOfTags([{ name: 'team', value: 'audit' }]),
      'limits.maxLeases': '',
      'limits.idleSeconds': '900',
    };
    expect(patchFor(session, fieldsOf('awsIamRoleChained', draft))).toMatchObject({
      tags: { team: 'audit', project: null },
      limits: { maxSessionSeconds: 3600, idleSeconds: 900, maxLeases: null },
    });
  });
});

describe('a session of Azure', () => {
  const azure: Draft = {
    sessionName: 'payments',
    region: 'westeurope',
    integrationId: '0b7d3cf1-3f6a-4f0e-9a55-2f2c7f2e8a11',
    tenantId: '72f988bf-86f1-41af-91ab-2d7cd011db47',
    subscriptionId: '4f2a9c1e-7b3d-4e8a-9f10-2c5d6e7f8a9b',
    subscriptionName: 'Pay-As-You-Go',
  };
  const errors = (draft: Draft) => errorsOf('azure', { ...azure, ...draft }, { keysNeeded: false });

  it.each([
    [{}, {}],
    [
      { tenantId: 'contoso.com' },
      { tenantId: 'must be an id, such as 4f2a9c1e-7b3d-4e8a-9f10-2c5d6e7f8a9b' },
    ],
    [{ integrationId: 'x' }, { integrationId: 'must be chosen from the list' }],
    [{ 'limits.idleSeconds': '60' }, { 'limits.idleSeconds': 'must be at least 900' }],
    [{ 'limits.maxLeases': 'many' }, { 'limits.maxLeases': 'must be a whole number' }],
  ])('%j', (draft, expected) => {
    expect(errors(draft)).toEqual(expected);
  });

  it('sends its limits together', () => {
    const draft = { ...azure, delivery: 'endpoint-only', 'limits.maxLeases': '3' };
    expect(fieldsOf('azure', draft)).toEqual({
      ...azure,
      type: 'azure',
      delivery: 'endpoint-only',
      limits: { maxLeases: 3 },
    });
  });
});

it('finds the field that an error of the API is about', () => {
  expect(draftFieldOf('awsIamUser', 'secrets.accessKeyId')).toBe('accessKeyId');
  expect(draftFieldOf('awsIamRoleChained', 'tags.project')).toBe('tags');
  expect(draftFieldOf('azure', 'limits.maxLeases')).toBe('limits.maxLeases');
  expect(draftFieldOf('awsIamRoleChained', 'idpArn')).toBeUndefined();
});
