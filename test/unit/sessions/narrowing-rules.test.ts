import { describe, expect, it } from 'vitest';
import type { Session } from '../../../src/models/session.ts';
import { sessionTypes } from '../../../src/models/session-fields.ts';
import { narrowingFor } from '../../../src/services/sessions/narrowing-rules.ts';
import { fieldsOfEveryType } from '../../support/sessions.ts';

const none = () => undefined;
const sessionOf = (type: (typeof sessionTypes)[number], more: object = {}) =>
  ({ ...fieldsOfEveryType[type], sessionId: 'ID', ...more }) as Session;

describe('what a lease is limited to', () => {
  it('is nothing where nothing is asked for, whatever the type', () => {
    for (const type of sessionTypes) {
      expect(narrowingFor(sessionOf(type), { readOnly: false, policyArns: [] }, none)).toBe(
        undefined,
      );
    }
  });

  it.each([
    ['eu-west-1', 'aws'],
    ['cn-north-1', 'aws-cn'],
    ['us-gov-west-1', 'aws-us-gov'],
    ['eusc-de-east-1', 'aws-eusc'],
  ])('is ReadOnlyAccess of the partition of %s for --read-only', (region, partition) => {
    const arn = `arn:${partition}:iam::aws:policy/ReadOnlyAccess`;
    const session = sessionOf('awsIamUser', { region });
    expect(narrowingFor(session, { readOnly: true, policyArns: [arn] }, none)).toEqual({
      policyArns: [arn],
    });
  });

  it('has the policy without its blanks, which AWS would count', () => {
    const policy = '{\n  "Statement": []\n}\n';
    expect(narrowingFor(sessionOf('awsIamUser'), { policy }, none)).toEqual({
      policy: '{"Statement":[]}',
    });
  });

  it.each([
    ['awsSsoRole', 'is a role of IAM Identity Center', 'awsIamRoleChained --parent-session-id ID'],
    ['azure', 'is an Azure session', 'fewer roles'],
  ] as const)('is refused for %s, with the reason', (type, why, next) => {
    expect(() => narrowingFor(sessionOf(type), { readOnly: true }, none)).toThrow(
      expect.objectContaining({
        code: 'invalid-request',
        message: expect.stringContaining(why) as string,
        details: expect.objectContaining({
          next: expect.stringContaining(next) as string,
        }) as object,
      }),
    );
  });
});
