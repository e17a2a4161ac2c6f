import { describe, expect, it } from 'vitest';
import type { Tag } from '../../../src/app/fields/tags.ts';
import type { Values } from '../../../src/app/fields/form-field.ts';
import {
  draftFieldOf,
  draftOf,
  errorsOf,
  fieldsOf,
  patchFor,
} from '../../../src/app/session-form/draft.ts';

const chained: Values = {
  sessionName: 'audit',
  region: 'eu-west-1',
  parentSessionId: '0b7d3cf1-3f6a-4f0e-9a55-2f2c7f2e8a11',
  roleArn: 'arn:aws:iam::447109328810:role/team/Audit',
  roleSessionName: 'anna',
};
const errorsIn = (values: Values) => errorsOf('awsIamRoleChained', { ...chained, ...values });

describe('an invalid field is reported with its label, its limit and the unit', () => {
  it.each([
    [{}, {}],
    [{ sessionName: ' ' }, { sessionName: 'Enter a name.' }],
    [{ sessionName: 'x'.repeat(129) }, { sessionName: 'Name must have at most 128 characters.' }],
    [{ region: 'Mars!' }, { region: 'Enter a region, such as eu-west-1.' }],
    [
      { roleSessionName: 'a' },
      { roleSessionName: 'Enter 2 to 64 letters, digits or characters of _+=,.@-' },
    ],
    [{ roleSeconds: '10 s' }, { roleSeconds: 'Duration must be at least 15 min.' }],
    [{ roleSeconds: '25 h' }, { roleSeconds: 'Duration must be at most 12 h.' }],
    [
      { roleSeconds: '3600' },
      { roleSeconds: 'Enter a duration with its unit, such as 12 h or 45 min.' },
    ],
    [
      { roleSeconds: 'an hour' },
      { roleSeconds: 'Enter a duration with its unit, such as 12 h or 45 min.' },
    ],
    [
      { mfaSerial: 'x' },
      { mfaSerial: 'Paste the device’s ARN (arn:aws:iam::…:mfa/…) or serial number.' },
    ],
    [
      { parentSessionId: 'anna' },
      { parentSessionId: 'Choose the session whose credentials assume the role.' },
    ],
    [
      { labels: ['x'.repeat(65)] },
      { labels: 'Labels: each entry must have at most 64 characters.' },
    ],
    [
      { labels: Array.from({ length: 51 }, (_, at) => `label ${at}`) },
      { labels: 'Labels must have at most 50 entries.' },
    ],
    [
      { policyArns: ['a'] },
      {
        policyArns: 'Enter the ARN of each policy, such as arn:aws:iam::aws:policy/ReadOnlyAccess.',
      },
    ],
    [{ policy: '{' }, { policy: 'Session policy is not valid JSON.' }],
    [{ policy: '12' }, { policy: 'Session policy must be a JSON object.' }],
    [{ policy: '[]' }, { policy: 'Session policy must be a JSON object.' }],
  ])('%j', (values, errors) => {
    expect(errorsIn(values)).toEqual(errors);
  });

  it.each<[readonly Tag[], string | undefined]>([
    [[{ name: '', value: '' }], undefined],
    [[{ name: 'team', value: '' }], undefined],
    [[{ name: ' ', value: 'risk' }], 'Enter a name for each tag.'],
    [
      [
        { name: 'a', value: '1' },
        { name: ' a', value: '2' },
      ],
      'Tag a is listed twice. Remove one of them.',
    ],
    [[{ name: 'a'.repeat(129), value: '' }], 'The name of a tag can have at most 128 characters.'],
    [
      [{ name: 'a', value: 'b'.repeat(257) }],
      'The value of tag a can have at most 256 characters.',
    ],
  ])('tags: %j', (tags, error) => {
    expect(errorsIn({ tags })['tags']).toBe(error);
  });

  it('access keys', () => {
    // Private clouds have key IDs of any form: the owner checks those by its endpoints.
    const values = { sessionName: 'anna', region: 'eu-west-1', accessKeyId: 'nonsense' };
    expect(errorsOf('awsIamUser', values)).toEqual({
      secretAccessKey: 'Enter the secret access key. It has 40 characters.',
    });
  });
});

it('sends what was typed as the API takes it, and omits empty fields', () => {
  const tags = [
    { name: ' project ', value: 'ledger' },
    { name: '', value: '' },
  ];
  const draft = { ...chained, roleSeconds: ' 1 h ', labels: ['a', ' ', 'b'], tags };
  expect(fieldsOf('awsIamRoleChained', draft)).toEqual({
    ...chained,
    type: 'awsIamRoleChained',
    roleSeconds: 3600,
    labels: ['a', 'b'],
    tags: { project: 'ledger' },
  });
  const none = { ...chained, tags: [{ name: '', value: '' }] };
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

  it('removes emptied fields, but neither required ones nor the profile', () => {
    const emptied = Object.entries(patchFor(session, {})).filter(([, value]) => value === null);
    expect(emptied.map(([name]) => name).sort()).toEqual(
      [
        ...['delivery', 'environment', 'externalId', 'labels', 'limits', 'mfaSerial', 'policy'],
        ...['policyArns', 'roleSeconds', 'roleSessionName', 'sourceIdentity', 'tags'],
      ].sort(),
    );
  });

  it('removes tags and limits one by one: a merge patch keeps those it does not name', () => {
    const draft = {
      ...draftOf(session),
      tags: [{ name: 'team', value: 'audit' }],
      'limits.maxLeases': '',
      'limits.idleSeconds': '15 min',
    };
    expect(patchFor(session, fieldsOf('awsIamRoleChained', draft))).toMatchObject({
      tags: { team: 'audit', project: null },
      limits: { maxSessionSeconds: 3600, idleSeconds: 900, maxLeases: null },
    });
  });
});

it('keeps labels and policies with a comma in them whole while another field is edited', () => {
  const session = {
    ...chained,
    type: 'awsIamRoleChained',
    labels: ['eu, prod', 'on-call'],
    limits: {},
    policyArns: ['arn:aws:iam::447109328810:policy/Read,List'],
  } as unknown as Parameters<typeof draftOf>[0];
  const draft = { ...draftOf(session), region: 'us-east-1' };
  expect(patchFor(session, fieldsOf('awsIamRoleChained', draft))).toMatchObject({
    region: 'us-east-1',
    labels: ['eu, prod', 'on-call'],
    policyArns: ['arn:aws:iam::447109328810:policy/Read,List'],
  });
});

describe('a session of Azure', () => {
  const azure: Values = {
    sessionName: 'payments',
    region: 'westeurope',
    integrationId: '0b7d3cf1-3f6a-4f0e-9a55-2f2c7f2e8a11',
    tenantId: '72f988bf-86f1-41af-91ab-2d7cd011db47',
    subscriptionId: '4f2a9c1e-7b3d-4e8a-9f10-2c5d6e7f8a9b',
    subscriptionName: 'Pay-As-You-Go',
  };
  const errors = (values: Values) => errorsOf('azure', { ...azure, ...values });

  it.each([
    [{}, {}],
    [
      { tenantId: 'contoso.com' },
      { tenantId: 'Enter the tenant ID, such as 72f988bf-86f1-41af-91ab-2d7cd011db47.' },
    ],
    [{ integrationId: 'x' }, { integrationId: 'Choose an integration.' }],
    [
      { 'limits.idleSeconds': '1 min' },
      { 'limits.idleSeconds': 'Idle timeout must be at least 15 min.' },
    ],
    [{ 'limits.maxLeases': 'many' }, { 'limits.maxLeases': 'Lease limit must be a whole number.' }],
    [{ 'limits.maxLeases': '0' }, { 'limits.maxLeases': 'Lease limit must be at least 1.' }],
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

it('a stored duration is shown in its largest units, and unchanged when it is saved again', () => {
  const session = { ...chained, type: 'awsIamRoleChained', roleSeconds: 5401 };
  const draft = draftOf({ ...session, limits: {} } as unknown as Parameters<typeof draftOf>[0]);
  expect(draft['roleSeconds']).toBe('1 h 30 min 1 s');
  expect(fieldsOf('awsIamRoleChained', draft)).toEqual(session);
});

it('finds the field that an error of the API is about', () => {
  expect(draftFieldOf('awsIamUser', 'secrets.accessKeyId')).toBe('accessKeyId');
  expect(draftFieldOf('awsIamRoleChained', 'tags.project')).toBe('tags');
  expect(draftFieldOf('azure', 'limits.maxLeases')).toBe('limits.maxLeases');
  expect(draftFieldOf('awsIamRoleChained', 'idpArn')).toBeUndefined();
});
