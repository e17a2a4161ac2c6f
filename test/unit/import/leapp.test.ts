import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { Problem } from '../../../src/models/problem.ts';
import type { Draft } from '../../../src/services/import/draft.ts';
import { leappDraft } from '../../../src/services/import/sources/leapp/importer.ts';
import { givenMachineId } from '../../../src/services/import/sources/leapp/machine-id.ts';
import { openWorkspace } from '../../../src/services/import/sources/leapp/open-workspace.ts';

const id = 'b2f0c1d4e5f60718293a4b5c6d7e8f90';
const fixture = (name: string) =>
  new URL(`../../fixtures/import/leapp/${name}.leapp`, import.meta.url).pathname;
const file = '/home/anna/.Leapp/Leapp-lock.json';
const ids = givenMachineId(id);
const encrypted = readFileSync(fixture('workspace'), 'utf8');

function draftOf(text: string): Draft {
  return leappDraft(openWorkspace(text, { file, ids }), file);
}
function sessionsOf(draft: Draft) {
  return draft.sessions ?? [];
}
const plain = () =>
  execFileSync(
    'openssl',
    [
      ...['enc', '-d', '-aes-256-cbc', '-md', 'md5', '-base64', '-A', '-in', fixture('workspace')],
      ...['-pass', `pass:${createHash('sha256').update(id).digest('hex')}`],
    ],
    { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] },
  );

describe('a workspace that Leapp has encrypted', () => {
  it('is decrypted to what OpenSSL makes of it', () => {
    expect(draftOf(encrypted)).toEqual(draftOf(plain()));
  });

  it('has a session of each type, with what it belongs to', () => {
    const found = sessionsOf(draftOf(encrypted)).map(
      ({ ref, fields, idp, integration, parent }) => [
        Number(ref.slice(0, 8)),
        fields.type,
        fields.sessionName,
        (idp ?? integration ?? parent)?.slice(0, 8),
      ],
    );
    expect(found).toEqual([
      [1, 'awsIamUser', 'break-glass', undefined],
      [2, 'awsIamUser', 'lab user', undefined],
      [3, 'awsIamRoleFederated', 'upload', '00000910'],
      [4, 'awsIamRoleChained', 'audit', '00000001'],
      [5, 'awsIamRoleChained', 'audit-deep', '00000004'],
      [6, 'awsSsoRole', 'payments-prod / Operator', '00000920'],
      [7, 'awsSsoRole', 'payments-prod / ReadOnly', '00000920'],
      [8, 'awsSsoRole', 'partner / Admin', '00000921'],
      [9, 'azure', 'Visual Studio', '00000922'],
      [10, 'awsIamUser', 'local', undefined],
    ]);
  });

  it('keeps profile, region, MFA device, pin and segments of a session', () => {
    const [user] = sessionsOf(draftOf(encrypted));
    expect(user).toEqual({
      ref: '00000001-1111-4222-8333-444444444444',
      source: `session break-glass of ${file}`,
      sharesProfile: true,
      fields: {
        type: 'awsIamUser',
        sessionName: 'break-glass',
        region: 'eu-west-1',
        profileName: 'acme',
        mfaSerial: 'arn:aws:iam::123456789012:mfa/anna',
        pinned: true,
        labels: ['Ireland'],
      },
    });
  });

  it('keeps account, role and address of a role of a portal', () => {
    const role = sessionsOf(draftOf(encrypted))[5]?.fields;
    expect(role).toEqual({
      type: 'awsSsoRole',
      sessionName: 'payments-prod / Operator',
      region: 'eu-west-1',
      profileName: 'default',
      accountId: '447109328810',
      accountName: 'payments-prod',
      roleName: 'Operator',
      email: 'aws+payments@acme.example',
      pinned: true,
      labels: ['Production', 'Ireland'],
    });
  });

  it('keeps ARNs and session name of chained and federated roles', () => {
    const [, , federated, chained, deep] = sessionsOf(draftOf(encrypted));
    expect(federated?.fields).toMatchObject({
      idpArn: 'arn:aws:iam::123456789012:saml-provider/Okta',
      roleArn: 'arn:aws:iam::123456789012:role/team/Upload',
    });
    // Leapp's own name: Stint names the session after the person and the run.
    expect(chained?.fields).not.toHaveProperty('roleSessionName');
    expect(deep?.fields).toMatchObject({
      roleArn: 'arn:aws:iam::310987654321:role/Deep',
      roleSessionName: 'anna@acme',
    });
  });

  it('makes LocalStack an IAM user with an endpoint and the keys that LocalStack takes', () => {
    const local = sessionsOf(draftOf(encrypted))[9];
    expect(local?.fields).toMatchObject({ endpointUrl: 'http://localhost:4566' });
    expect(local?.keys).toEqual({ accessKeyId: 'test', secretAccessKey: 'test' });
  });

  it('has integrations, sign-in addresses and default regions', () => {
    const { integrations, identityProviders, settings } = draftOf(encrypted);
    expect(integrations?.map(({ fields }) => fields)).toEqual([
      {
        kind: 'awsSso',
        name: 'ACME',
        startUrl: 'https://acme.awsapps.com/start',
        region: 'eu-west-1',
      },
      {
        kind: 'awsSso',
        name: 'Partner',
        startUrl: 'https://d-9967000000.awsapps.com/start',
        region: 'us-east-1',
      },
      { kind: 'azure', name: 'Contoso', tenantId: '7f9e2c30-1f5b-4d8a-9d1e-2a3b4c5d6e7f' },
    ]);
    expect(identityProviders?.map(({ fields }) => fields)).toEqual([
      { name: 'corp.okta.com', url: 'https://corp.okta.com/app/amazon_aws/exk1/sso/saml' },
    ]);
    expect(settings?.map(({ name, value }) => [name, value])).toEqual([
      ['defaultRegion', 'eu-west-1'],
      ['defaultLocation', 'westeurope'],
    ]);
  });

  it('makes each segment a label, and names the one that filters nothing', () => {
    const { notes, skipped, sessions = [] } = draftOf(encrypted);
    const labelled = (label: string) =>
      sessions.flatMap(({ ref, fields }) =>
        fields.labels?.includes(label) === true ? Number(ref.slice(0, 8)) : [],
      );
    expect(labelled('Production')).toEqual([6, 7]);
    expect(labelled('Ireland')).toEqual([1, 6, 7]);
    expect(labelled('Partner portal')).toEqual([8]);
    expect(notes).toEqual([
      'Each segment becomes a label of the sessions it shows now: Production, Ireland, Partner portal.',
    ]);
    expect(skipped?.map(({ name, reason }) => [name, reason])).toEqual([
      ['Everything', 'The segment has no filter, so it shows every session.'],
    ]);
  });

  it('is read as before integrations: one portal, tenants of the sessions', () => {
    const { integrations, sessions, skipped } = draftOf(
      readFileSync(fixture('workspace-before-integrations'), 'utf8'),
    );
    expect(integrations?.map(({ ref, fields }) => [ref, fields])).toEqual([
      [
        'the only AWS SSO portal',
        {
          kind: 'awsSso',
          name: 'AWS Single Sign-On',
          startUrl: 'https://acme.awsapps.com/start',
          region: 'eu-west-1',
        },
      ],
      [
        'tenant 7f9e2c30-1f5b-4d8a-9d1e-2a3b4c5d6e7f',
        {
          kind: 'azure',
          name: 'Azure 7f9e2c30-1f5b-4d8a-9d1e-2a3b4c5d6e7f',
          tenantId: '7f9e2c30-1f5b-4d8a-9d1e-2a3b4c5d6e7f',
        },
      ],
    ]);
    expect(sessions?.map(({ integration }) => integration)).toEqual(
      integrations?.map(({ ref }) => ref),
    );
    expect(skipped?.map(({ name }) => name)).toEqual(['proxy']);
  });

  it('sets credential-process for each AWS session where Leapp uses that method', () => {
    const changed = {
      ...(JSON.parse(plain()) as object),
      _credentialMethod: 'credential-process-method',
    };
    const deliveries = sessionsOf(draftOf(JSON.stringify(changed))).map(
      ({ fields }) => fields.delivery,
    );
    expect(new Set(deliveries.slice(0, 8))).toEqual(new Set(['credential-process']));
    expect(deliveries[8]).toBeUndefined();
  });
});

function refusalOf(work: () => unknown): Problem {
  try {
    work();
  } catch (error) {
    if (error instanceof Problem) return error;
  }
  throw new Error('It was not refused.');
}

describe('a file of Leapp that cannot be read', () => {
  it('says which ids were tried, and how to give that of another machine', () => {
    const wrong = [{ passphrase: 'x', from: '/etc/machine-id' }];
    const { code, details } = refusalOf(() => openWorkspace(encrypted, { file, ids: wrong }));
    expect(code).toBe('file-unreadable');
    expect(details.detail).toBe(
      `${file} cannot be decrypted. Leapp encrypts it with the id of the machine; tried: /etc/machine-id.`,
    );
    expect(details.next).toContain('--machine-id');
  });

  const bytes = Buffer.from(encrypted, 'base64');
  const changed = (at: number) => {
    const copy = Buffer.from(bytes);
    copy[at] = (copy[at] ?? 0) ^ 0xff;
    return copy.toString('base64');
  };
  it.each([
    ['cut in the middle of a block', encrypted.slice(0, 4001)],
    ['cut between two blocks', bytes.subarray(0, 16 + 16 * 40).toString('base64')],
    ['changed in the middle', changed(3000)],
    ['empty', ''],
    ['something else', 'SGVsbG8='],
    ['JSON without sessions', '{"a":1}'],
    ['JSON whose sessions are not a list', '{"_sessions":{"length":3}}'],
    ['a JSON list', '[]'],
    ['nested without end', `{"_sessions":${'['.repeat(100_000)}`],
  ])('is named as damaged when it is %s', (_, text) => {
    const { code, details } = refusalOf(() => draftOf(text));
    expect(code).toBe('file-unreadable');
    expect(details.detail).toContain(file);
    expect(details.next).toContain('/home/anna/.Leapp/Leapp-lock.backup.bin');
  });
});

describe('hostile entries of a workspace', () => {
  const withSessions = (...sessions: readonly unknown[]) =>
    draftOf(`{"_sessions":${JSON.stringify(sessions)}}`);

  it('are skipped, each with a reason, and hide no other', () => {
    const { sessions, skipped } = withSessions(
      null,
      7,
      [],
      { sessionId: 'a', type: 'google', sessionName: 'gcp' },
      { sessionId: 'b', type: 'x\u001b[31m', sessionName: '\u001b]0;bad\u0007' },
      { sessionId: 'c', type: 'awsSsoRole', roleArn: 'arn:aws:iam::12/x' },
      { sessionId: 'd', type: 'awsIamUser', sessionName: 'good', region: 'nowhere at all' },
      { sessionId: 'd', type: 'awsIamUser', sessionName: 'twice' },
    );
    expect(
      sessions?.map(({ fields, notes }) => [fields.sessionName, fields.region, notes]),
    ).toEqual([
      ['good', 'us-east-1', ['Leapp has no usable region for it, so it gets us-east-1.']],
    ]);
    expect(skipped?.map(({ name, reason }) => [name, reason])).toEqual([
      ['a session without a name', 'It has no id, so nothing can refer to it.'],
      ['a session without a name', 'It has no id, so nothing can refer to it.'],
      ['a session without a name', 'It has no id, so nothing can refer to it.'],
      ['gcp', 'Stint has no sessions of Google Cloud.'],
      [']0;bad', 'Stint does not know sessions of type x [31m.'],
      ['c', 'Its role is not written as Leapp does, so account and role are unknown.'],
      ['twice', 'A session before it has the same id.'],
    ]);
  });

  it('cannot reach the prototype of objects', () => {
    draftOf(
      '{"_sessions":[{"sessionId":"a","type":"awsIamUser","__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}],"__proto__":{"polluted":true},"_profiles":[{"id":"__proto__","name":"x"}]}',
    );
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });

  it('does not know a type that is a name of the language', () => {
    const { skipped } = withSessions({ sessionId: 'a', type: 'constructor', sessionName: 'n' });
    expect(skipped?.[0]?.reason).toBe('Stint does not know sessions of type constructor.');
  });
});
