import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from 'vitest';
import type { Narrowing } from '../../../src/models/narrowing.ts';
import { LeaseDatabase } from '../../../src/services/leases/lease-database.ts';
import { aRunningOwner } from '../../support/running-owner.ts';
import { eventually, type ScratchOwner } from '../../support/scratch-owner.ts';
import { accountId, by, journey, refusal } from '../../support/session-journey.ts';

const readOnly = 'arn:aws:iam::aws:policy/ReadOnlyAccess';
const policy = JSON.stringify({ Statement: { Effect: 'Allow', Action: 's3:*', Resource: '*' } });

let owner: ScratchOwner;
aRunningOwner((started) => {
  owner = started;
});
const { addChained, addRole, start } = journey(() => owner);

const open = (id: string, more: object = { readOnly: true }) =>
  owner.stint.leases.open(id, { kind: 'exec', process: 'aws', by, ...more });
const lent = (id: string, narrowing?: Narrowing) => owner.stint.sessions.credentials(id, narrowing);
const calls = async (action: string) =>
  (await owner.cloud.calls()).filter((call) => call.action === action);
const granted = async (action: string) =>
  (await calls(action)).filter(({ error }) => error === undefined);

async function aChain(fields: object = {}) {
  const { session: parent, user } = await owner.addUser('ines');
  const roleArn = await addRole('Audit', user.arn);
  return await addChained('audit', parent.sessionId, roleArn, fields);
}

describe('a narrowed lease', () => {
  it('of a chained role has its own credentials, with the session policies, once for all alike', async () => {
    const session = await aChain();
    const { sessionId } = session;
    await start(session);
    const { lease } = await open(sessionId, { readOnly: true, policy });
    await open(sessionId, { readOnly: true, policy });
    expect(lease).toMatchObject({ policyArns: [readOnly], policy });
    const narrowed = await lent(sessionId, { policyArns: [readOnly], policy });
    expect(narrowed.accessKeyId).not.toBe((await lent(sessionId)).accessKeyId);
    const [own, limited, ...more] = await granted('AssumeRole');
    expect(own).not.toHaveProperty('policyArns');
    expect([limited, ...more]).toMatchObject([
      { policyArns: [readOnly], policy, roleSessionName: 'anna' },
    ]);
    const other = await lent(sessionId, { policyArns: [readOnly] });
    expect(other.accessKeyId).not.toBe(narrowed.accessKeyId);
    const { items } = owner.stint.history.list({
      session: sessionId,
      kind: 'lease-opened',
      limit: 1,
    });
    expect(items[0]?.message).toBe('exec aws, limited to ReadOnlyAccess and an inline policy');
  });

  it('gets fresh ones with each rotation, and none once the run has ended', async () => {
    const session = await aChain();
    const { sessionId } = session;
    await start(session);
    await open(sessionId);
    const narrowing = { policyArns: [readOnly] };
    const before = await lent(sessionId, narrowing);
    expect(await lent(sessionId, narrowing)).toEqual(before);
    await owner.stint.sessions.rotate(sessionId, { by });
    // By itself: a program that asks finds them in memory.
    await eventually(
      () => granted('AssumeRole'),
      (all) => all.length === 4,
    );
    const after = await lent(sessionId, narrowing);
    expect(after.accessKeyId).not.toBe(before.accessKeyId);
    expect(await granted('AssumeRole')).toHaveLength(4);
    await owner.stint.sessions.stop(sessionId, { by });
    expect((await refusal(lent(sessionId, narrowing))).code).toBe('session-not-active');
  });

  it('keeps what it has while AWS is away, and asks no more than once a minute', async () => {
    const session = await aChain();
    const { sessionId } = session;
    await start(session);
    const narrowing = { policyArns: [readOnly] };
    const before = await lent(sessionId, narrowing);
    await owner.pass(2500);
    const asked = (await calls('AssumeRole')).length;
    await owner.cloud.setOverrides({ failNext: 100 });
    expect(await lent(sessionId, narrowing)).toEqual(before);
    const failed = (await calls('AssumeRole')).length;
    expect(failed).toBeGreaterThan(asked);
    expect(await lent(sessionId, narrowing)).toEqual(before);
    expect(await calls('AssumeRole')).toHaveLength(failed);
    await owner.cloud.setOverrides({ failNext: 0 });
    await owner.pass(61);
    expect((await lent(sessionId, narrowing)).accessKeyId).not.toBe(before.accessKeyId);
  });

  it('of an IAM user is a federated user, which has a name that AWS takes', async () => {
    const name = 'Zahlungen für Übersee – Produktion (rot)';
    const { session } = await owner.addUser('ines', { fields: { sessionName: name } });
    await start(session);
    await open(session.sessionId);
    const [call] = await granted('GetFederationToken');
    expect(call).toMatchObject({
      policyArns: [readOnly],
      durationSeconds: '43200',
    });
  });

  it('leaves nothing open where AWS refuses the policies', async () => {
    const { session } = await owner.addUser('ines');
    await start(session);
    const abroad = `arn:aws:iam::210987654321:policy/Other`;
    const refused = await refusal(open(session.sessionId, { policyArns: [abroad] }));
    expect(refused).toMatchObject({ code: 'cloud-refused' });
    const malformed = await refusal(open(session.sessionId, { policy: '{"Statement":{}}' }));
    expect(malformed.message).toContain('refused the session policies for ines');
    expect(owner.stint.leases.list(session.sessionId).filter((one) => !one.closedAt)).toEqual([]);
  });

  it('survives the owner, but an earlier version does not find its token', async () => {
    const session = await aChain();
    const { sessionId } = session;
    await start(session);
    const { token, lease } = await open(sessionId);
    const file = `${owner.folder}/stint/access.db`;
    const kept = new LeaseDatabase({ file, now: () => Date.now() });
    const found = kept.all().leases.find(({ leaseId }) => leaseId === lease.leaseId);
    expect(found?.narrowing).toEqual({ policyArns: [readOnly] });
    expect(found?.tokenHash).toBe(owner.stint.leases.holder(token, sessionId)?.tokenHash);
    kept.close();
    const database = new DatabaseSync(file, { readOnly: true });
    expect(database.prepare('SELECT tokenHash FROM lease').all()).toEqual([{ tokenHash: '' }]);
    database.close();
  });
});

describe('a narrowed lease is refused before anything starts', () => {
  const refusedOn = async (id: string, more?: object) => {
    const refused = await refusal(open(id, more));
    expect(refused.code).toBe('invalid-request');
    expect(owner.stint.sessions.get(id).status).toBe('inactive');
    return `${refused.message} ${JSON.stringify(refused.details)}`;
  };

  it('on a user who signs in with MFA, which GetFederationToken does not know', async () => {
    const { session } = await owner.addUser('ines', { mfa: true });
    expect(await refusedOn(session.sessionId)).toContain('without it only (GetFederationToken)');
  });

  it('on a role that has session policies already, since they would add up', async () => {
    const { sessionId } = await aChain({ policyArns: [readOnly] });
    expect(await refusedOn(sessionId)).toContain('might do more, not less');
  });

  it('on a role that takes an MFA code each time it is assumed', async () => {
    const { sessionId } = await aChain({ mfaSerial: `arn:aws:iam::${accountId}:mfa/ines` });
    expect(await refusedOn(sessionId)).toContain('needs an MFA code each time');
  });

  it('with too many policies, too long ones, and those of another partition', async () => {
    const { sessionId } = await aChain();
    const arn = (name: string) => `arn:aws:iam::${accountId}:policy/${name}`;
    const ten = Array.from({ length: 10 }, (_, at) => arn(`P${at}`));
    expect(await refusedOn(sessionId, { readOnly: true, policyArns: ten })).toContain('at most 10');
    const long = JSON.stringify({ Statement: [], Id: 'x'.repeat(2000) });
    expect(await refusedOn(sessionId, { policyArns: [arn('A')], policy: long })).toContain('2048');
    const china = 'arn:aws-cn:iam::aws:policy/ReadOnlyAccess';
    expect(await refusedOn(sessionId, { policyArns: [china] })).toContain('partition aws');
  });
});
