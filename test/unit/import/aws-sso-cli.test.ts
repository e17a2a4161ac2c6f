import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { awsSsoCliDraft } from '../../../src/services/import/sources/aws-sso-cli/importer.ts';

const file = '/home/anna/.aws-sso/config.yaml';
const path = new URL('../../fixtures/import/aws-sso-cli/config.yaml', import.meta.url);
const draft = await awsSsoCliDraft(readFileSync(path, 'utf8'), file);

describe('the configuration of aws-sso-cli', () => {
  it('has an integration for each portal', () => {
    expect(draft.integrations?.map(({ fields }) => fields)).toEqual([
      {
        kind: 'awsSso',
        name: 'Default',
        startUrl: 'https://d-754545454.awsapps.com/start',
        region: 'us-east-1',
      },
      {
        kind: 'awsSso',
        name: 'China',
        startUrl: 'https://start.home.awsapps.cn/directory/d-1',
        region: 'cn-north-1',
      },
    ]);
  });

  it('has a session for each role, with the region, profile and tags nearest to it', () => {
    const roles = draft.sessions?.filter(({ fields }) => fields.type === 'awsSsoRole') ?? [];
    expect(roles.map(({ integration, fields }) => [integration, fields])).toEqual([
      [
        'Default',
        {
          type: 'awsSsoRole',
          sessionName: 'Control Tower Playground / AWSAdministratorAccess',
          region: 'ca-central-1',
          profileName: 'playground',
          labels: ['Type=Main Account', 'Test=value'],
          accountId: '258234615182',
          accountName: 'Control Tower Playground',
          roleName: 'AWSAdministratorAccess',
        },
      ],
      [
        'Default',
        {
          type: 'awsSsoRole',
          sessionName: 'Control Tower Playground / LimitedAccess',
          region: 'eu-west-1',
          profileName: 'Control Tower Playground-LimitedAccess',
          labels: ['Type=Main Account'],
          accountId: '258234615182',
          accountName: 'Control Tower Playground',
          roleName: 'LimitedAccess',
        },
      ],
      [
        'Default',
        {
          type: 'awsSsoRole',
          sessionName: '707513610766 / Jump',
          region: 'us-east-2',
          accountId: '707513610766',
          accountName: '707513610766',
          roleName: 'Jump',
        },
      ],
      [
        'China',
        {
          type: 'awsSsoRole',
          sessionName: '000182347455 / Admin',
          region: 'us-west-2',
          accountId: '000182347455',
          accountName: '000182347455',
          roleName: 'Admin',
        },
      ],
    ]);
  });

  it('makes a role with Via a chained role, and its parent even where that has no entry', () => {
    const chained =
      draft.sessions?.filter(({ fields }) => fields.type === 'awsIamRoleChained') ?? [];
    expect(chained.map(({ parent, fields }) => [parent, fields])).toEqual([
      [
        'Default/258234615182/AWSAdministratorAccess',
        {
          type: 'awsIamRoleChained',
          sessionName: 'Log archive / Reader',
          region: 'us-east-2',
          profileName: 'Log archive-Reader',
          roleArn: 'arn:aws:iam::000123456789:role/Reader',
          externalId: '12345',
          sourceIdentity: 'anna',
        },
      ],
      [
        'Default/707513610766/Jump',
        expect.objectContaining({ sessionName: 'Log archive / Deep' }) as unknown,
      ],
    ]);
  });

  it('says so where a profile format is a program', async () => {
    const { sessions } = await awsSsoCliDraft(
      'ProfileFormat: "{{ FirstItem .AccountName .AccountAlias }}"\nSSOConfig: {A: {Accounts: {1: {Roles: {R: }}}}}',
      file,
    );
    expect(sessions?.[0]?.fields).not.toHaveProperty('profileName');
    expect(sessions?.[0]?.notes?.[0]).toContain('ProfileFormat');
  });
});

const bomb = `a: &a [x,x,x,x,x,x,x,x,x,x]
b: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a,*a]
c: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b,*b]
d: &d [*c,*c,*c,*c,*c,*c,*c,*c,*c,*c]
SSOConfig: {A: *d}`;

describe('a damaged or hostile configuration of aws-sso-cli', () => {
  it.each([
    ['is empty', '', 'it has no SSOConfig section'],
    ['is a list', '- a', 'it has no SSOConfig section'],
    ['has an SSOConfig that is a text', 'SSOConfig: x', 'it has no SSOConfig section'],
    ['is not YAML', 'SSOConfig: {A: [}\nx', 'line 1 is not valid YAML'],
    ['names a key twice', 'SSOConfig: {}\nSSOConfig: {}', 'line 2 is not valid YAML'],
    ['multiplies aliases', bomb, 'its YAML cannot be resolved'],
    ['is nested without end', `SSOConfig: ${'['.repeat(1_000_000)}`, 'more than 100 deep'],
    ['has lists in lists without end', `SSOConfig:\n${'- '.repeat(100_000)}`, 'more than 100 deep'],
    ['is huge', `SSOConfig: ${' '.repeat(4_000_000)}`, 'more than 4 MB'],
  ])('is refused, naming the file, when it %s', async (_, text, why) => {
    await expect(awsSsoCliDraft(text, file)).rejects.toThrow(
      expect.objectContaining({
        code: 'file-unreadable',
        message: expect.stringContaining(why) as unknown,
      }) as Error,
    );
  });

  it('cannot reach the prototype of objects', async () => {
    await awsSsoCliDraft(
      'SSOConfig: {__proto__: {polluted: yes}, A: {Accounts: {__proto__: {Roles: {R: {__proto__: {polluted: yes}}}}}}}',
      file,
    );
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });

  it('ends with a file that refers to itself', async () => {
    const { integrations } = await awsSsoCliDraft('SSOConfig: &a {A: *a}', file);
    expect(integrations?.map(({ ref }) => ref)).toEqual(['A']);
  });

  it('takes entries of a wrong type for missing, and skips accounts without a number', async () => {
    const { sessions, skipped } = await awsSsoCliDraft(
      'SSOConfig: {A: {StartUrl: [1], Accounts: {x: {Roles: {R: }}, 1: {Name: {a: b}, Tags: 5, Roles: {R: [1], S: {Profile: {}}}}}}}',
      file,
    );
    expect(sessions?.map(({ fields }) => fields.sessionName)).toEqual(['000000000001 / S']);
    expect(skipped?.map(({ name }) => name)).toEqual(['x / R']);
  });
});
