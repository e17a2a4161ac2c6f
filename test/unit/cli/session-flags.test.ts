import { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { sessionTypes, type SessionType } from '../../../src/models/session-fields.ts';
import { fieldNames } from '../../../src/models/session-fields.ts';
import {
  addFlags,
  fieldNamed,
  fieldsGiven,
  flagsOfAllTypes,
  flagsOfType,
} from '../../../src/cli/sessions/session-flags.ts';

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
        ...['--max-session-seconds', '3600', '--idle-seconds', '900', '--no-on-demand'],
        ...['--mfa-command', '["oathtool", "--totp"]', '--valid-until', '2030-01-01T00:00:00Z'],
      ),
    ).toEqual({
      sessionName: 'anna',
      region: 'eu-west-1',
      profileName: 'dev',
      pinned: true,
      labels: ['team-a', 'prod'],
      tokenSeconds: 900,
      limits: { maxSessionSeconds: 3600, idleSeconds: 900 },
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

  it('that may be repeated are taken by the name of their field too', () => {
    expect(
      given(
        'awsIamRoleChained',
        ...['--labels', 'a', '--label', 'b', '--tags', 'team=a', '--policy-arns', 'arn:x'],
      ),
    ).toEqual({ labels: ['b', 'a'], tags: { team: 'a' }, policyArns: ['arn:x'] });
  });

  it('that were not given say nothing', () => {
    expect(given('azure')).toEqual({});
  });

  it.each([
    ['--token-seconds', '1h'],
    ['--max-leases', '-1'],
    ['--valid-until', 'soon'],
    ['--mfa-command', 'oathtool --totp'],
  ])('are a usage error where their text makes no sense: %s %s', (...argv) => {
    expect(() => given('awsIamUser', ...argv)).toThrow(
      expect.objectContaining({ exitCode: 2 }) as Error,
    );
  });
});

describe('a field to unset', () => {
  it('is named by its flag or by its name in the API', () => {
    for (const name of ['mfa-serial', '--mfa-serial', 'mfaSerial']) {
      expect(fieldNamed(name)).toEqual(['mfaSerial']);
    }
    expect(fieldNamed('idle-seconds')).toEqual(['limits', 'idleSeconds']);
  });

  it('has to be one', () => {
    expect(() => fieldNamed('colour')).toThrow(expect.objectContaining({ exitCode: 2 }) as Error);
  });
});

it('a flag means the same for every type that has it', () => {
  const names = flagsOfAllTypes().map(({ flag }) => flag);
  expect(new Set(names).size).toBe(names.length);
});
