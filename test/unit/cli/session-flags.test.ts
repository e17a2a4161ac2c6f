import { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { sessionTypes, type SessionType } from '../../../src/models/session-fields.ts';
import { fieldNames } from '../../../src/models/session-fields.ts';
import { addFlags, fieldPath, fieldsGiven } from '../../../src/cli/arguments/field-flags.ts';
import { flagsOfAllTypes, flagsOfType } from '../../../src/cli/sessions/session-flags.ts';

function given(type: SessionType, ...argv: string[]): Record<string, unknown> {
  const command = new Command();
  addFlags(command, flagsOfType(type));
  command.exitOverride().parse(argv, { from: 'user' });
  return fieldsGiven(flagsOfType(type), command.opts());
}

describe('the flags of a session', () => {
  it.each(sessionTypes)('cover every field of %s, and no other', (type) => {
    const covered = new Set(flagsOfType(type).map(({ path }) => path[0]));
    covered.add('type');
    expect([...covered].sort()).toEqual([...fieldNames[type]].sort());
  });

  it('become fields as the API takes them', () => {
    expect(
      given(
        'awsIamUser',
        ...['--name', 'anna', '--region', 'eu-west-1', '--profile', 'dev', '--pinned'],
        ...['--label', 'team-a', '--label', 'prod', '--token-seconds', '900'],
        ...['--max-session-seconds', '8h', '--idle-seconds', '30 min', '--no-on-demand'],
        ...['--mfa-command', '["oathtool", "--totp"]', '--valid-until', '2030-01-01T00:00:00Z'],
      ),
    ).toEqual({
      sessionName: 'anna',
      region: 'eu-west-1',
      profileName: 'dev',
      pinned: true,
      labels: ['team-a', 'prod'],
      tokenSeconds: 900,
      limits: { maxSessionSeconds: 28_800, idleSeconds: 1800 },
      onDemand: false,
      mfaCommand: ['oathtool', '--totp'],
      validUntil: '2030-01-01T00:00:00.000Z',
    });
  });

  it('take tags of a chained role one by one', () => {
    expect(given('awsIamRoleChained', '--tag', 'team=a', '--tag', 'note=a=b')).toEqual({
      tags: { team: 'a', note: 'a=b' },
    });
  });

  it('that may repeat also have the plural name of their field', () => {
    expect(
      given(
        'awsIamRoleChained',
        ...['--labels', 'a', '--label', 'b', '--tags', 'team=a', '--policy-arns', 'arn:x'],
      ),
    ).toEqual({ labels: ['b', 'a'], tags: { team: 'a' }, policyArns: ['arn:x'] });
  });

  it('set nothing if they are not given', () => {
    expect(given('azure')).toEqual({});
  });

  it.each([
    ['--token-seconds', '1 fortnight', '--token-seconds: "1 fortnight" is not a duration.'],
    ['--max-leases', '-1', '--max-leases: "-1" is not a whole number.'],
    ['--valid-until', 'soon', '"soon" is not a valid time.'],
    [
      '--mfa-command',
      'oathtool',
      '--mfa-command takes a program and its arguments as a JSON array.',
    ],
  ])('are a usage error if they cannot be read: %s %s', (flag, value, message) => {
    expect(() => given('awsIamUser', flag, value)).toThrow(
      expect.objectContaining({ exitCode: 2, message }) as Error,
    );
  });
});

describe('a field to unset', () => {
  it('is named by its flag or by its name in the API', () => {
    for (const name of ['mfa-serial', '--mfa-serial', 'mfaSerial']) {
      expect(fieldPath(flagsOfAllTypes(), name)).toEqual(['mfaSerial']);
    }
    expect(fieldPath(flagsOfAllTypes(), 'idle-seconds')).toEqual(['limits', 'idleSeconds']);
  });

  it('that does not exist is a usage error, which lists the fields', () => {
    expect(() => fieldPath(flagsOfAllTypes(), 'colour')).toThrow(
      expect.objectContaining({
        exitCode: 2,
        next: expect.stringContaining('mfa-serial') as string,
      }) as Error,
    );
  });
});

it('a flag exists once, whatever the types', () => {
  const names = flagsOfAllTypes().map(({ flag }) => flag);
  expect(new Set(names).size).toBe(names.length);
});
