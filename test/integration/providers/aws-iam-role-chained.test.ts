import { describe, expect, it } from 'vitest';
import type { Session } from '../../../src/models/session.ts';
import { aRunningOwner } from '../../support/running-owner.ts';
import { before, eventually, type ScratchOwner } from '../../support/scratch-owner.ts';
import { accountId, by, journey, refusal } from '../../support/session-journey.ts';

let owner: ScratchOwner;
aRunningOwner((started) => {
  owner = started;
});
const { addChained, addRole, now, start, whoIs } = journey(() => owner);

/** The way there takes its second. */
const nearly = (seconds: number) => (seen: number) => seen <= seconds && seen > seconds - 10;

const assumed = (name: string) => `arn:aws:sts::${accountId}:assumed-role/${name}/anna`;

describe('a chained role', () => {
  it('is assumed with the keys of its parent, which does not become active', async () => {
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

  it('that is given no name carries the person and the run, by which CloudTrail and history meet', async () => {
    await owner.stint.settings.change({ roleSessionPerson: 'ines.diaz' });
    const { session: parent, user } = await owner.addUser('ines');
    const roleArn = await addRole('Audit', user.arn);
    const unnamed = { roleSessionName: undefined };
    const chained = await addChained('audit', parent.sessionId, roleArn, unnamed);
    await start(chained);
    const { items } = owner.stint.history.list({ kind: 'session-started', limit: 1 });
    const run = String(items[0]?.runId).slice(0, 8);
    expect(await whoIs(chained)).toBe(
      `arn:aws:sts::${accountId}:assumed-role/Audit/ines.diaz-${run}`,
    );
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
  ] as const)('with a path is assumed in partition %s', async (partition, region) => {
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

  it('asks for its own code if the role requires one and the parent gave none', async () => {
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

  it('is renewed by itself, also if its parent has to obtain new credentials for that', async () => {
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
    expect(orphan.code).toBe('dependency-missing');
    expect(orphan.details.sessionId).toBe(middle.sessionId);
    expect(orphan.details.next).toContain('--parent-session-id');
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
    expect(refused.code).toBe('invalid-request');
    expect(refused.details).toMatchObject({
      errors: [
        { field: 'parentSessionId', message: 'would make the chain lead back to this session' },
      ],
    });
  });
});

it('a clock that is off by 20 minutes keeps no chained role from starting and being renewed', async () => {
  const { session: parent, user } = await owner.addUser('ines');
  const chained = await addChained('audit', parent.sessionId, await addRole('Audit', user.arn));
  await owner.cloud.setOverrides({ clockOffsetSeconds: 1200, signatureMinutes: 15 });
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
