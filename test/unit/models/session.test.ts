import { describe, expect, it } from 'vitest';
import { roleArnSchema } from '../../../src/models/arn-schemas.ts';
import { parseArn } from '../../../src/models/arn.ts';
import { profileNameFor } from '../../../src/models/delivery.ts';
import { renewalInterval, renewalMargin } from '../../../src/models/renewal.ts';
import { sessionFieldsSchema, sessionTypes } from '../../../src/models/session-fields.ts';
import { orderBy, windowOrder } from '../../../src/models/session-order.ts';
import { newSession } from '../../../src/services/sessions/session-record.ts';
import { anySession, fieldsOfEveryType } from '../../support/sessions.ts';

describe('a session of any type', () => {
  it.each(sessionTypes)('%s has the seven fields every session has, from the beginning', (type) => {
    const session = newSession(fieldsOfEveryType[type], { sessions: [], now: 0 });
    expect(session).toMatchObject({
      sessionId: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-/) as string,
      sessionName: fieldsOfEveryType[type].sessionName,
      status: 'inactive',
      startDateTime: '',
      duration: expect.any(Number) as number,
      region: fieldsOfEveryType[type].region,
      type,
    });
  });

  it('refuses a field that its type does not have', () => {
    const result = sessionFieldsSchema.safeParse({
      ...fieldsOfEveryType.azure,
      profileName: 'nothing-of-azure',
    });
    expect(result.success).toBe(false);
  });

  it.each([
    ['tokenSeconds', 899],
    ['tokenSeconds', 129_601],
    ['tokenSeconds', 3600.5],
    ['mfaSerial', 'short'],
    ['region', 'Europe!'],
    ['sessionName', ''],
    ['sessionName', 'two\nlines'],
    ['profileName', 'x]'],
    ['validUntil', 'tomorrow'],
  ])('refuses %s = %j', (field, value) => {
    const result = sessionFieldsSchema.safeParse({
      ...fieldsOfEveryType.awsIamUser,
      [field]: value,
    });
    expect(result.error?.issues.map(({ path }) => path[0])).toEqual([field]);
  });
});

describe('ARNs', () => {
  it.each([
    ['arn:aws:iam::123456789012:role/Admin', 'aws', 'role/Admin'],
    ['arn:aws-cn:iam::123456789012:role/team/ops/Admin', 'aws-cn', 'role/team/ops/Admin'],
    ['arn:aws-us-gov:iam::000000000012:role/A', 'aws-us-gov', 'role/A'],
    ['arn:aws-eusc:iam::123456789012:role/A', 'aws-eusc', 'role/A'],
    ['arn:aws-iso-b:iam::123456789012:role/A', 'aws-iso-b', 'role/A'],
  ])('%s is taken apart by its colons', (text, partition, resource) => {
    expect(parseArn(text)).toMatchObject({ partition, resource });
    expect(roleArnSchema.safeParse(text).success).toBe(true);
  });

  it.each(['arn:aws:iam::123:role/A', 'arn:gcp:iam::123456789012:role/A', 'role/A', 'arn:aws:iam'])(
    '%s is none',
    (text) => {
      expect(parseArn(text)).toBeUndefined();
    },
  );

  it('a user is not a role', () => {
    expect(roleArnSchema.safeParse('arn:aws:iam::123456789012:user/anna').success).toBe(false);
  });
});

describe('the renewal margin', () => {
  it('is 20 minutes, or a third of the lifetime granted where that is shorter', () => {
    expect([900, 3600, 43_200].map(renewalMargin)).toEqual([300, 1200, 1200]);
  });

  it('leaves the rest of the lifetime between renewals', () => {
    expect(renewalInterval(3600, 3600)).toBe(2400);
    expect(renewalInterval(1000, 3600)).toBe(0);
  });
});

describe('a profile name made from a session name', () => {
  it.each([
    ['Production / Admin', 'Production-Admin'],
    ['Café ünïcode', 'Cafe-unicode'],
    ['[x]', 'x'],
    ['日本', 'session'],
    ['../../etc', 'etc'],
  ])('%s becomes %s', (name, profile) => {
    expect(profileNameFor(name, new Set())).toBe(profile);
  });

  it('is never one that is in use', () => {
    expect(profileNameFor('dev', new Set(['dev', 'dev-2']))).toBe('dev-3');
  });
});

describe('the order of the list', () => {
  const sessions = [
    anySession({ sessionName: 'never', startDateTime: '' }),
    anySession({ sessionName: 'old', startDateTime: '2026-01-01T00:00:00.000Z' }),
    anySession({
      sessionName: 'running',
      status: 'active',
      startDateTime: '2025-06-01T00:00:00.000Z',
    }),
    anySession({ sessionName: 'new', startDateTime: '2026-02-01T00:00:00.000Z' }),
  ];
  const names = (order: Parameters<typeof sessions.toSorted>[0]) =>
    sessions.toSorted(order).map(({ sessionName }) => sessionName);

  it('is active first, then the newest start, and what never ran last', () => {
    expect(names(windowOrder)).toEqual(['running', 'new', 'old', 'never']);
  });

  it('keeps what never ran last when sorted by start either way', () => {
    expect(names(orderBy({ field: 'startDateTime', descending: true }))).toEqual([
      'new',
      'old',
      'running',
      'never',
    ]);
    expect(names(orderBy({ field: 'startDateTime', descending: false }))).toEqual([
      'running',
      'old',
      'new',
      'never',
    ]);
  });
});
