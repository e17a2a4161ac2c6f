import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import type { SessionFields } from '../../../src/models/session-fields.ts';
import type { Session } from '../../../src/models/session.ts';
import { exportSetUp } from '../../../src/services/export/export-sessions.ts';
import { newSession } from '../../../src/services/sessions/session-record.ts';
import { fieldsOfEveryType } from '../../support/sessions.ts';
import { anySetUp, onAnotherMachine } from '../../support/set-up.ts';

const now = Date.parse('2026-11-20T12:00:00.000Z');
const integrationId = fieldsOfEveryType.awsSsoRole.integrationId;
const integration = {
  integrationId,
  kind: 'awsSso',
  name: 'ACME',
  region: 'eu-west-1',
  startUrl: 'https://acme.awsapps.com/start',
  status: 'logged-in',
} as const;
const idp = { idpId: integrationId, name: 'Okta', url: 'https://corp.okta.com/app/1' };
const session = (fields: SessionFields, changes: Partial<Session> = {}) =>
  ({ ...newSession(fields, { sessions: [], now }), ...changes }) as Session;
const exported = (sessions: readonly Session[], label?: string) =>
  exportSetUp({ sessions, integrations: [integration], identityProviders: [idp] }, { label });

const user = session({
  ...fieldsOfEveryType.awsIamUser,
  pinned: true,
  mfaSerial: 'arn:aws:iam::123456789012:mfa/anna',
  mfaCommand: ['/usr/bin/pass-otp', 'secret-name'],
  labels: ['team', 'admins'],
});
const chained = session({
  ...fieldsOfEveryType.awsIamRoleChained,
  parentSessionId: user.sessionId,
  tags: { b: '1', a: '2' },
});
const role = session({ ...fieldsOfEveryType.awsSsoRole, email: 'root@acme.example' });
const federated = session(fieldsOfEveryType.awsIamRoleFederated);

describe('an export', () => {
  it('has a block for each thing, sorted, with names in place of ids', () => {
    expect(exported([role, user, chained, federated])).toEqual({
      sessions: 4,
      skipped: [],
      content: `# Sessions of Stint, without secrets.
# Import them with: stint import stint --file FILE
version: 1

integrations:

- name: ACME
  kind: awsSso
  region: eu-west-1
  startUrl: https://acme.awsapps.com/start

identityProviders:

- name: Okta
  url: https://corp.okta.com/app/1

sessions:

- sessionName: audit-readonly
  type: awsIamRoleChained
  parent: break-glass
  profileName: audit-readonly
  region: us-east-1
  roleArn: arn:aws:iam::210987654321:role/team/Audit
  roleSessionName: anna
  tags:
    a: "2"
    b: "1"

- sessionName: break-glass
  type: awsIamUser
  labels:
    - admins
    - team
  mfaSerial: arn:aws:iam::123456789012:mfa/anna
  profileName: break-glass
  region: eu-west-1

- sessionName: partner-upload
  type: awsIamRoleFederated
  idp: Okta
  idpArn: arn:aws:iam::123456789012:saml-provider/Partner
  profileName: partner-upload
  region: eu-central-1
  roleArn: arn:aws:iam::123456789012:role/Upload

- sessionName: payments-prod / Operator
  type: awsSsoRole
  integration: ACME
  accountId: "447109328810"
  accountName: payments-prod
  profileName: payments-prod-Operator
  region: eu-west-1
  roleName: Operator
`,
    });
  });

  it('refers to one of several of the same name by a ref', () => {
    const other = session({ ...fieldsOfEveryType.awsIamUser, region: 'us-west-2' });
    const child = session({
      ...fieldsOfEveryType.awsIamRoleChained,
      parentSessionId: other.sessionId,
    });
    const { content } = exported([user, child, other]);
    expect(content).toContain('parent: "break-glass #2"');
    expect(content.match(/ref: "break-glass #2"/g)).toHaveLength(1);
    expect(content.indexOf('region: us-west-2')).toBeGreaterThan(
      content.indexOf('ref: "break-glass #2"'),
    );
  });

  it('has with a label only its sessions and what they need', () => {
    const labelled = { ...chained, labels: ['team'] } as Session;
    const { content, sessions } = exported([role, user, labelled, federated], 'team');
    expect(sessions).toBe(2);
    expect(content).not.toContain('integrations:');
    expect(content).not.toContain('identityProviders:');
    expect(content).toContain('sessionName: break-glass');
  });

  it('names the sessions that it does not have, and why', () => {
    const gone = session(fieldsOfEveryType.awsIamRoleChained);
    const below = session({
      ...fieldsOfEveryType.awsIamRoleChained,
      sessionName: 'below',
      parentSessionId: gone.sessionId,
    });
    const vanished = { ...role, vanishedAt: '2026-11-20T12:00:00.000Z' } as Session;
    const { content, skipped } = exported([gone, below, vanished]);
    expect(skipped.map(({ sessionName, reason }) => [sessionName, reason])).toEqual([
      ['audit-readonly', 'The session it takes its credentials from was removed.'],
      ['below', 'It needs audit-readonly. The session it takes its credentials from was removed.'],
      ['payments-prod / Operator', 'Its integration no longer offers it.'],
    ]);
    expect(content).not.toContain('sessions:');
  });

  it('is the same on every machine, whatever the ids and the order', () => {
    fc.assert(
      fc.property(anySetUp, (setUp) => {
        expect(exportSetUp(onAnotherMachine(setUp)).content).toBe(exportSetUp(setUp).content);
      }),
      { numRuns: 100 },
    );
  });
});

describe('an export in git', () => {
  const folder = mkdtempSync(join(tmpdir(), 'stint-export-'));
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  const git = (...args: readonly string[]) =>
    execFileSync(
      'git',
      ['-c', 'user.name=t', '-c', 'user.email=t@example', '-c', 'commit.gpgsign=false', ...args],
      {
        cwd: folder,
        encoding: 'utf8',
        env: { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_SYSTEM: '/dev/null' },
      },
    );
  const file = join(folder, 'team.yaml');
  const commit = (sessions: readonly Session[]) => {
    writeFileSync(file, exported(sessions).content);
    git('add', '.');
    git('commit', '-qm', 'x');
  };

  it('merges when two people each add a session', () => {
    const added = (sessionName: string) =>
      session({ ...fieldsOfEveryType.awsIamUser, sessionName });
    const all = [user, role, federated, chained];
    const [ada, zoe] = [added('ada'), added('zoe')];
    git('init', '-q', '-b', 'main');
    commit(all);
    git('checkout', '-qb', 'other');
    commit([...all, ada]);
    git('checkout', '-q', 'main');
    commit([zoe, ...all]);
    git('merge', '-q', '--no-edit', 'other');
    expect(readFileSync(file, 'utf8')).toBe(exported([...all, ada, zoe]).content);
  });
});
