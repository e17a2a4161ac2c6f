import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Problem } from '../../../src/models/problem.ts';
import type { Session } from '../../../src/models/session.ts';
import {
  before,
  eventually,
  scratchOwner,
  type ScratchOwner,
} from '../../fixtures/scratch-owner.ts';

const accountId = '447109328810';
const by = 'anna';

let owner: ScratchOwner;
beforeEach(async () => {
  owner = await scratchOwner();
});
afterEach(async () => {
  await owner.close();
});

async function addRole(
  name: string,
  principal: string,
  options: object = {},
  partition = 'aws',
): Promise<string> {
  const roleArn = `arn:${partition}:iam::${accountId}:role/${name}`;
  await owner.cloud.createRole({ roleArn, principals: [principal], ...options });
  return roleArn;
}

async function addChained(
  sessionName: string,
  parentSessionId: string,
  roleArn: string,
  fields: object = {},
): Promise<Session> {
  return await owner.stint.sessions.create({
    fields: {
      type: 'awsIamRoleChained',
      sessionName,
      region: 'eu-west-1',
      parentSessionId,
      roleArn,
      roleSessionName: 'anna',
      ...fields,
    },
    by,
  });
}

const start = (session: Session) => owner.stint.sessions.start(session.sessionId, { by });
const now = (session: Session) => owner.stint.sessions.get(session.sessionId);

/** Who AWS says it is that has the credentials in force. */
async function whoIs(session: Session): Promise<string> {
  const { accessKeyId, secretAccessKey, sessionToken } = await owner.stint.sessions.credentials(
    session.sessionId,
  );
  const client = new STSClient({
    region: session.region,
    credentials: { accessKeyId, secretAccessKey, sessionToken },
    endpoint: String(owner.stint.settings.current().awsStsEndpointUrl),
  });
  const { Arn } = await client.send(new GetCallerIdentityCommand({}));
  return String(Arn);
}

async function refusal(work: Promise<unknown>): Promise<Problem['details'] & { code: string }> {
  const error = (await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  )) as Problem | undefined;
  if (error === undefined) throw new Error('it was not refused');
  return { code: error.code, ...error.details };
}

/** The way there takes its second. */
const nearly = (seconds: number) => (seen: number) => seen <= seconds && seen > seconds - 10;

const assumed = (name: string) => `arn:aws:sts::${accountId}:assumed-role/${name}/anna`;

describe('a chained role', () => {
  it('is taken on with the keys of its parent, which does not become active', async () => {
    const { session: parent, user } = await owner.addUser('ines');
    const chained = await addChained('audit', parent.sessionId, await addRole('Audit', user.arn));
    expect((await start(chained)).session.status).toBe('active');
    expect(await whoIs(chained)).toBe(assumed('Audit'));
    expect(now(parent).status).toBe('inactive');
    expect(await owner.credentials()).toContain('[audit]');

    const first = await owner.stint.sessions.credentials(chained.sessionId);
    await owner.stint.sessions.rotate(chained.sessionId, { by });
    const second = await owner.stint.sessions.credentials(chained.sessionId);
    expect(second.accessKeyId).not.toBe(first.accessKeyId);
    expect(await whoIs(chained)).toBe(assumed('Audit'));

    await owner.stint.sessions.stop(chained.sessionId, { by });
    expect(await owner.credentials()).toBe(before);
  });

  it('may be four deep, with one MFA code for all of it', async () => {
    const { session: parent, user } = await owner.addUser('ines', { mfa: true });
    let [principal, parentId] = [user.arn, parent.sessionId];
    const chain: Session[] = [];
    for (const name of ['One', 'Two', 'Three', 'Four']) {
      const roleArn = await addRole(name, principal);
      const link = await addChained(name.toLowerCase(), parentId, roleArn);
      chain.push(link);
      [principal, parentId] = [roleArn, link.sessionId];
    }
    const last = chain[3] as Session;
    const started = await start(last);
    expect(started.session.status).toBe('pending');
    expect(started.prompts).toMatchObject([
      { kind: 'mfa', sessionId: parent.sessionId, account: accountId, device: user.mfaSerial },
    ]);
    expect(owner.stint.sessions.prompts(last.sessionId)).toEqual(started.prompts);
    await owner.stint.prompts.answer(String(started.prompts[0]?.promptId), {
      answer: await owner.cloud.mfaCode(String(user.mfaSerial)),
    });
    await eventually(
      () => now(last).status,
      (status) => status === 'active',
    );
    expect(await whoIs(last)).toBe(assumed('Four'));
    expect(chain.slice(0, 3).map((link) => now(link).status)).toEqual(Array(3).fill('inactive'));
    const codes = (await owner.cloud.calls()).filter(({ serialNumber }) => serialNumber);
    expect(codes).toHaveLength(1);
  });

  it('asks the parent once for children that start together', async () => {
    const { session: parent, user } = await owner.addUser('ines', { mfa: true });
    const children: Session[] = [];
    for (const name of ['Red', 'Green', 'Blue']) {
      const roleArn = await addRole(name, user.arn);
      children.push(await addChained(name.toLowerCase(), parent.sessionId, roleArn));
    }
    const outcomes = await Promise.all(children.map(start));
    const asked = new Set(outcomes.flatMap(({ prompts }) => prompts.map((one) => one.promptId)));
    expect(asked.size).toBe(1);
    await eventually(
      () => children.map((child) => now(child).status),
      (statuses) => statuses.every((status) => status === 'pending'),
    );
    await new Promise((resolve) => setTimeout(resolve, 100));
    // One who gives up does not take it away from the others.
    await owner.stint.sessions.stop((children[0] as Session).sessionId, { by });
    await owner.stint.prompts.answer([...asked][0] as string, {
      answer: await owner.cloud.mfaCode(String(user.mfaSerial)),
    });
    await eventually(
      () => children.map((child) => now(child).status),
      (statuses) => statuses.join() === 'inactive,active,active',
    );
  });

  it('is asked for as long as AWS may grant, and for an hour once AWS refused that', async () => {
    const { session: parent, user } = await owner.addUser('ines');
    const long = await addRole('Long', user.arn, { maxSessionSeconds: 43_200 });
    const short = await addRole('Short', user.arn);
    const whole = await addChained('whole-day', parent.sessionId, long);
    const hour = await addChained('hour', parent.sessionId, short);
    expect(whole.duration).toBe(43_200 - 1200);

    await start(whole);
    expect(nearly(43_200 - 1200)(now(whole).duration)).toBe(true);
    expect(now(whole)).not.toHaveProperty('roleSecondsGranted');

    await start(hour);
    expect(now(hour)).toMatchObject({ roleSecondsGranted: 3600 });
    expect(nearly(3600 - 1200)(now(hour).duration)).toBe(true);
    await owner.cloud.clearCalls();
    await owner.stint.sessions.rotate(hour.sessionId, { by });
    const asked = (await owner.cloud.calls()).map(({ durationSeconds }) => durationSeconds);
    expect(asked).toEqual(['3600']);
  });

  it('through a role is asked for an hour, which is all that AWS grants there', async () => {
    const { session: parent, user } = await owner.addUser('ines');
    const first = await addRole('First', user.arn, { maxSessionSeconds: 43_200 });
    const second = await addRole('Second', first, { maxSessionSeconds: 43_200 });
    const middle = await addChained('middle', parent.sessionId, first);
    const end = await addChained('end', middle.sessionId, second, { roleSeconds: 43_200 });
    expect(end.duration).toBe(3600 - 1200);
    await start(end);
    const lengths = (await owner.cloud.calls())
      .filter(({ action }) => action === 'AssumeRole')
      .map(({ durationSeconds, error }) => [durationSeconds, error]);
    expect(lengths).toEqual([
      ['43200', undefined],
      ['3600', undefined],
    ]);
  });

  it('carries external id, source identity, tags and session policies', async () => {
    const { session: parent, user } = await owner.addUser('ines');
    const roleArn = await addRole('team/Audit', user.arn, { externalId: 'partner-42' });
    const chained = await addChained('audit', parent.sessionId, roleArn, {
      externalId: 'partner-42',
      sourceIdentity: 'ines',
      tags: { project: 'ledger' },
      policyArns: ['arn:aws:iam::aws:policy/ReadOnlyAccess'],
      policy: '{"Version":"2012-10-17","Statement":[]}',
    });
    await start(chained);
    expect(await whoIs(chained)).toBe(assumed('Audit'));
  });

  it.each([
    ['aws-cn', 'cn-north-1'],
    ['aws-us-gov', 'us-gov-west-1'],
    ['aws-eusc', 'eusc-de-east-1'],
  ] as const)('with a path is taken on in partition %s', async (partition, region) => {
    const user = await owner.cloud.createUser({ accountId, userName: 'li', partition });
    const { accessKeyId, secretAccessKey } = user;
    const parent = await owner.stint.sessions.create({
      fields: { type: 'awsIamUser', sessionName: 'li', region },
      secrets: { accessKeyId, secretAccessKey },
      by,
    });
    const roleArn = await addRole('deep/path/Role', user.arn, {}, partition);
    const chained = await addChained('far', parent.sessionId, roleArn, { region });
    await start(chained);
    expect(await whoIs(chained)).toBe(`arn:${partition}:sts::${accountId}:assumed-role/Role/anna`);
  });

  it('asks for a code of its own where the role wants one and the parent gave none', async () => {
    const { session: parent, user } = await owner.addUser('ines');
    const { serial } = await owner.cloud.createMfaDevice(user.arn, 'key');
    const roleArn = await addRole('Careful', user.arn, { mfaRequired: true });
    const chained = await addChained('careful', parent.sessionId, roleArn, { mfaSerial: serial });
    const { prompts } = await start(chained);
    expect(prompts).toMatchObject([
      {
        kind: 'mfa',
        sessionId: chained.sessionId,
        account: accountId,
        role: roleArn,
        device: serial,
      },
    ]);
    // Wrong, then right.
    await owner.stint.prompts.answer(String(prompts[0]?.promptId), { answer: '000000' });
    const [again] = await eventually(
      () => owner.stint.prompts.list(),
      ([one]) => one !== undefined && one.promptId !== prompts[0]?.promptId,
    );
    expect(again?.text).toContain('AWS refused that MFA code for careful');
    await owner.stint.prompts.answer(String(again?.promptId), {
      answer: await owner.cloud.mfaCode(serial),
    });
    await eventually(
      () => now(chained).status,
      (status) => status === 'active',
    );
  });

  it('does not ask twice for a code that its parent gave', async () => {
    const { session: parent, user } = await owner.addUser('ines', { mfa: true });
    const roleArn = await addRole('Careful', user.arn, { mfaRequired: true });
    const chained = await addChained('careful', parent.sessionId, roleArn, {
      mfaSerial: user.mfaSerial,
    });
    const { prompts } = await start(chained);
    await owner.stint.prompts.answer(String(prompts[0]?.promptId), {
      answer: await owner.cloud.mfaCode(String(user.mfaSerial)),
    });
    await eventually(
      () => now(chained).status,
      (status) => status === 'active',
    );
    expect(owner.stint.prompts.list()).toEqual([]);
  });

  it('is renewed by itself, also when its parent has to be asked anew for that', async () => {
    const { session: parent, user } = await owner.addUser('ines');
    const first = await addRole('First', user.arn);
    const middle = await addChained('middle', parent.sessionId, first);
    const end = await addChained('end', middle.sessionId, await addRole('End', first));
    owner.stint.scheduler.start();
    await start(end);
    await owner.pass(3600 - 1200 + 5);
    await eventually(
      () => now(end).rotatedAt,
      (at) => at !== undefined,
    );
    expect(await whoIs(end)).toBe(assumed('End'));
  });

  it('ends when its parent is removed, but not when its parent stops', async () => {
    const { session: parent, user } = await owner.addUser('ines');
    const first = await addRole('First', user.arn);
    const middle = await addChained('middle', parent.sessionId, first);
    const end = await addChained('end', middle.sessionId, await addRole('End', first));
    await start(middle);
    await start(end);
    await owner.stint.sessions.stop(middle.sessionId, { by });
    expect(now(end).status).toBe('active');
    await owner.stint.sessions.remove(parent.sessionId, { by });
    expect(now(end)).toMatchObject({
      status: 'inactive',
      lastEnd: { reason: 'dependency-removed' },
    });
    expect(await owner.credentials()).toBe(before);
    const orphan = await refusal(start(middle));
    expect(orphan).toMatchObject({ code: 'dependency-missing', sessionId: middle.sessionId });
    expect(orphan.next).toContain('--parent-session-id');
  });

  it('cannot lead back to itself', async () => {
    const { session: parent, user } = await owner.addUser('ines');
    const roleArn = await addRole('Audit', user.arn);
    const a = await addChained('a', parent.sessionId, roleArn);
    const b = await addChained('b', a.sessionId, roleArn);
    const refused = await refusal(
      owner.stint.sessions.update(a.sessionId, {
        edit: (fields) => ({ ...fields, parentSessionId: b.sessionId }) as never,
        by,
      }),
    );
    expect(refused).toMatchObject({
      code: 'invalid-request',
      errors: [
        { field: 'parentSessionId', message: 'would make a chain that leads back to itself' },
      ],
    });
  });
});

describe('what a person is told when a chained role', () => {
  let chained: Session;
  let parent: Session;
  let arn: string;
  beforeEach(async () => {
    const added = await owner.addUser('ines');
    ({ session: parent } = added);
    arn = added.user.arn;
    const roleArn = await addRole('Audit', arn);
    chained = await addChained('audit', parent.sessionId, roleArn);
  });
  afterEach(async () => {
    expect(now(chained).status).toBe('inactive');
    expect(await owner.credentials()).toBe(before);
    expect(owner.stint.prompts.list()).toEqual([]);
  });

  it('goes through a key that was deleted', async () => {
    const [{ accessKeyId = '' } = {}] = [
      JSON.parse(
        (await owner.stint.vault.get(`aws-iam-user/${parent.sessionId}/keys`)) ?? '{}',
      ) as {
        accessKeyId?: string;
      },
    ];
    await owner.cloud.deleteKey(accessKeyId);
    const { code, detail, next } = await refusal(start(chained));
    expect(code).toBe('cloud-refused');
    expect(detail).toBe('AWS does not know the credentials that session audit signs with.');
    expect(next).toContain('Check the session it goes through');
  });

  it('is denied', async () => {
    const other = await owner.cloud.createUser({ accountId, userName: 'other' });
    const roleArn = await addRole('Closed', other.arn);
    chained = await addChained('closed', parent.sessionId, roleArn);
    const { code, detail } = await refusal(start(chained));
    expect(code).toBe('cloud-refused');
    expect(detail).toContain('AWS denied session closed');
    expect(detail).toContain(roleArn);
  });

  it('lacks the external id that is asked for', async () => {
    const roleArn = await addRole('Partner', arn, { externalId: 'partner-42' });
    chained = await addChained('partner', parent.sessionId, roleArn, { externalId: 'wrong' });
    expect((await refusal(start(chained))).detail).toContain('AWS denied session partner');
  });

  it('wants MFA and has none', async () => {
    const roleArn = await addRole('Careful', arn, { mfaRequired: true });
    chained = await addChained('careful', parent.sessionId, roleArn);
    const { detail, next } = await refusal(start(chained));
    expect(detail).toContain('AWS denied session careful');
    expect(next).toContain('MFA');
  });

  it('is stopped while the parent’s code is asked for', async () => {
    const { session: user, user: made } = await owner.addUser('mia', { mfa: true });
    const roleArn = await addRole('Other', made.arn);
    chained = await addChained('other', user.sessionId, roleArn);
    await start(chained);
    const stopped = await owner.stint.sessions.stop(chained.sessionId, { by });
    expect(stopped.session.lastEnd).toMatchObject({ reason: 'cancelled' });
  });

  it('has its question cancelled', async () => {
    const { session: user, user: made } = await owner.addUser('mia', { mfa: true });
    const roleArn = await addRole('Other', made.arn);
    chained = await addChained('other', user.sessionId, roleArn);
    const { prompts } = await start(chained);
    await owner.stint.prompts.answer(String(prompts[0]?.promptId), { cancel: true });
    await eventually(
      () => now(chained).status,
      (status) => status === 'inactive',
    );
    expect(now(chained).lastEnd).toMatchObject({
      reason: 'cancelled',
      message: 'The question was cancelled.',
    });
  });

  it('is throttled', async () => {
    await owner.cloud.setKnobs({ throttleNext: 10 });
    const { code, detail } = await refusal(start(chained));
    expect([code, detail]).toEqual([
      'cloud-unreachable',
      'AWS is throttling requests for session audit.',
    ]);
    await owner.cloud.resetKnobs();
  });

  it('cannot reach AWS', async () => {
    await owner.stint.settings.change({ awsStsEndpointUrl: 'http://127.0.0.1:1' });
    const { code, detail } = await refusal(start(chained));
    expect(code).toBe('cloud-unreachable');
    expect(detail).toContain('did not answer for session audit (ECONNREFUSED)');
  });

  it('is asked of a region’s service that fails', async () => {
    await owner.cloud.setKnobs({ failNext: 10, failStatus: 503 });
    expect((await refusal(start(chained))).detail).toContain('failed for session audit (HTTP 503');
    await owner.cloud.resetKnobs();
  });

  it('carries a policy that AWS does not understand', async () => {
    chained = await addChained('odd', parent.sessionId, await addRole('Odd', arn), {
      policy: 'not a policy',
    });
    expect((await refusal(start(chained))).detail).toContain('AWS refused session odd: Malformed');
  });
});

it('a clock that is off by 20 minutes keeps no chained role from starting and being renewed', async () => {
  const { session: parent, user } = await owner.addUser('ines');
  const chained = await addChained('audit', parent.sessionId, await addRole('Audit', user.arn));
  await owner.cloud.setKnobs({ clockOffsetSeconds: 1200 });
  await start(chained);
  expect(await whoIsBy(chained, 1200)).toBe(now(chained).credentialsExpireAt);
});

/** The expiry that is shown is the cloud's own, whatever this machine's clock says. */
async function whoIsBy(session: Session, ahead: number): Promise<string> {
  const { expiration } = await owner.stint.sessions.credentials(session.sessionId);
  const left = (Date.parse(expiration) - (Date.now() + ahead * 1000)) / 1000;
  expect(left).toBeGreaterThan(3500);
  expect(left).toBeLessThanOrEqual(3600);
  return expiration;
}
