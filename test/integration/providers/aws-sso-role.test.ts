import { afterEach, describe, expect, it } from 'vitest';
import type { Session } from '../../../src/models/session.ts';
import { approve, identityCenter, payments, type Center } from '../../support/identity-center.ts';
import { aRunningOwner } from '../../support/running-owner.ts';
import { before, eventually, type ScratchOwner } from '../../support/scratch-owner.ts';
import { by, journey, refusal } from '../../support/session-journey.ts';

let owner: ScratchOwner;
let center: Center;
let session: Session;
aRunningOwner(async (started) => {
  owner = started;
  center = await identityCenter(owner, 'acme');
  await center.offer(payments, 'Operator', 'ReadOnly');
  await center.sync();
  session = center.session('payments-prod', 'Operator');
});

const { whoIs, ...ofSession } = journey(() => owner);
const start = (one: Session = session) => ofSession.start(one);
const now = (one: Session = session) => ofSession.now(one);

const operator =
  /^arn:aws:sts::447109328810:assumed-role\/AWSReservedSSO_Operator_[0-9a-f]{16}\/anna$/;

describe('a role of Identity Center', () => {
  it('starts without a question while somebody is signed in, rotates and stops', async () => {
    expect(await start()).toMatchObject({ session: { status: 'active' }, prompts: [] });
    expect(await whoIs(session)).toMatch(operator);
    expect(await owner.credentials()).toContain('[payments-prod-Operator]');
    const first = await owner.stint.sessions.credentials(session.sessionId);
    await owner.stint.sessions.rotate(session.sessionId, { by });
    const second = await owner.stint.sessions.credentials(session.sessionId);
    expect(second.accessKeyId).not.toBe(first.accessKeyId);
    expect(await whoIs(session)).toMatch(operator);
    await owner.stint.sessions.stop(session.sessionId, { by });
    expect(await owner.credentials()).toBe(before);
    // The sign-in outlives it.
    expect(await start()).toMatchObject({ session: { status: 'active' }, prompts: [] });
  });

  it('renews its sign-in silently, and continues for hours with nobody there', async () => {
    owner.stint.scheduler.start();
    await start();
    for (let hour = 0; hour < 3; hour += 1) {
      const { rotatedAt } = now();
      await owner.pass(3600 - 1200 + 5);
      await eventually(
        () => now().rotatedAt,
        (at) => at !== rotatedAt,
      );
    }
    expect(await whoIs(session)).toMatch(operator);
    expect(owner.stint.prompts.list()).toEqual([]);
  });

  it('has one sign-in asked for, however many sessions wait for it', async () => {
    await owner.stint.integrations.logout(center.integration.integrationId, by);
    const other = center.session('payments-prod', 'ReadOnly');
    const outcomes = await Promise.all([start(), start(other)]);
    const asked = outcomes.flatMap(({ prompts }) => prompts);
    expect(new Set(asked.map(({ promptId }) => promptId)).size).toBe(1);
    expect(asked[0]).toMatchObject({
      kind: 'device-code',
      integrationId: center.integration.integrationId,
    });
    expect(asked[0]?.text).toContain('acme');
    await eventually(
      () => [now().status, now(other).status].join(),
      (statuses) => statuses === 'pending,pending',
    );
    await approve(owner, asked);
    await eventually(
      () => [now().status, now(other).status].join(),
      (statuses) => statuses === 'active,active',
    );
  });

  it('is signed in again, once, when the sign-in was revoked elsewhere', async () => {
    await start();
    await owner.cloud.endSsoSession({ startUrl: center.startUrl, userName: by });
    const { prompts } = await owner.stint.sessions.rotate(session.sessionId, { by });
    expect(prompts).toMatchObject([{ kind: 'device-code' }]);
    expect(now().status).toBe('active');
    await approve(owner, prompts);
    await eventually(
      () => now().rotatedAt,
      (at) => at !== undefined,
    );
    expect(await whoIs(session)).toMatch(operator);
  });

  it('asks for one sign-in after a night, and renews all with it', async () => {
    const all = [session, center.session('payments-prod', 'ReadOnly')];
    for (const one of all) await start(one);
    owner.stint.scheduler.start();
    const asked = new Set<string>();
    const unsubscribe = owner.stint.events.subscribe(({ event }) => {
      if (event.type === 'prompt') asked.add(event.prompt.promptId);
    });
    await owner.cloud.endSsoSession({ startUrl: center.startUrl, userName: by });
    owner.sleep(2700);
    // Several wake-ups, as a lid that is opened and closed causes them.
    for (let wakeUp = 0; wakeUp < 3; wakeUp += 1) {
      owner.stint.scheduler.tick();
      await owner.pass(16);
    }
    await eventually(
      () => owner.stint.prompts.list().length,
      (open) => open === 1,
    );
    await approve(owner, owner.stint.prompts.list());
    for (const one of all) {
      const { rotatedAt } = await eventually(
        () => now(one),
        (renewed) => renewed.rotatedAt !== undefined,
      );
      expect(rotatedAt).toBeDefined();
      expect(now(one).status).toBe('active');
    }
    expect(asked.size).toBe(1);
    expect(owner.stint.prompts.list()).toEqual([]);
    unsubscribe();
  });

  it('keeps asking for the sign-in, with a new code each time, until its credentials expire', async () => {
    await start();
    await owner.cloud.endSsoSession({ startUrl: center.startUrl, userName: by });
    const { prompts } = await owner.stint.sessions.rotate(session.sessionId, { by });
    owner.sleep(601);
    await owner.pass(1);
    const [next] = await eventually(
      () => owner.stint.prompts.list(),
      ([one]) => one !== undefined && one.promptId !== prompts[0]?.promptId,
    );
    expect(next?.code).not.toBe(prompts[0]?.code);
    expect(now().status).toBe('active');
    await approve(owner, next === undefined ? [] : [next]);
    await eventually(
      () => now().rotatedAt,
      (at) => at !== undefined,
    );
  });

  it('ends when its integration is logged out, and chains through it end too', async () => {
    const { arn } = await chainedRole();
    await start();
    const chained = await owner.stint.sessions.create({
      fields: {
        type: 'awsIamRoleChained',
        sessionName: 'audit',
        region: 'eu-west-1',
        parentSessionId: session.sessionId,
        roleArn: arn,
        roleSessionName: 'anna',
      },
      by,
    });
    await start(chained);
    expect(now(chained).duration).toBeGreaterThan(2390);
    await owner.stint.integrations.logout(center.integration.integrationId, by);
    for (const one of [session, chained]) {
      expect(now(one)).toMatchObject({
        status: 'inactive',
        lastEnd: { reason: 'integration-logout', message: 'Integration acme was logged out.' },
      });
    }
    expect(await owner.credentials()).toBe(before);
    expect(center.integration.status).toBe('logged-out');
  });

  it('ends when its integration is removed, and says afterwards what it lacks', async () => {
    await start();
    await owner.stint.integrations.remove(center.integration.integrationId, {
      sessions: 'keep',
      by,
    });
    expect(now()).toMatchObject({ lastEnd: { reason: 'dependency-removed' } });
    const refused = await refusal(start());
    expect(refused.code).toBe('dependency-missing');
    expect(refused.message).toContain('payments-prod / Operator');
  });

  it('is removed with its integration on request', async () => {
    await start();
    await owner.stint.integrations.remove(center.integration.integrationId, {
      sessions: 'remove',
      by,
    });
    expect(owner.stint.sessions.list()).toEqual([]);
    expect(await owner.credentials()).toBe(before);
    const { items } = owner.stint.history.list({ session: session.sessionId });
    expect(items.map(({ kind }) => kind)).toContain('session-removed');
  });

  async function chainedRole() {
    const arn = 'arn:aws:iam::447109328810:role/Audit';
    await owner.cloud.createRole({ roleArn: arn, principals: ['447109328810'] });
    return { arn };
  }
});

describe('the message when a role of Identity Center', () => {
  afterEach(async () => {
    await owner.cloud.resetOverrides();
    expect(now().status).toBe('inactive');
    expect(await owner.credentials()).toBe(before);
    expect(owner.stint.prompts.list()).toEqual([]);
  });

  it('is no longer assigned', async () => {
    await owner.cloud.unassign({
      startUrl: center.startUrl,
      userName: by,
      assignments: [{ accountId: payments.accountId, roleName: 'Operator' }],
    });
    const { code, message, details } = await refusal(start());
    expect(code).toBe('cloud-refused');
    expect(message).toContain('denies session payments-prod / Operator (integration acme)');
    expect(details.next).toContain('still assigned');
  });

  it('waits for a sign-in that is cancelled', async () => {
    await owner.stint.integrations.logout(center.integration.integrationId, by);
    const { prompts } = await start();
    await owner.stint.prompts.answer(String(prompts[0]?.promptId), { cancel: true });
    await owner.pass(6);
    await eventually(
      () => now().status,
      (status) => status === 'inactive',
    );
    expect(now().lastEnd).toMatchObject({ reason: 'cancelled' });
  });

  it('waits for a sign-in that is refused in the browser', async () => {
    await owner.stint.integrations.logout(center.integration.integrationId, by);
    const { prompts } = await start();
    await owner.cloud.denyDevice({ userCode: String(prompts[0]?.code) });
    await owner.pass(6);
    await eventually(
      () => now().status,
      (status) => status === 'inactive',
    );
    expect(now().lastEnd).toMatchObject({
      reason: 'failed',
      message: 'The sign-in of integration acme was refused.',
    });
  });

  it('waits for a sign-in that nobody makes in time', async () => {
    await owner.stint.integrations.logout(center.integration.integrationId, by);
    await start();
    await owner.pass(601);
    await eventually(
      async () => {
        // A check that was under way waits for the next interval.
        await owner.pass(6);
        return now().status;
      },
      (status) => status === 'inactive',
    );
    expect(now().lastEnd?.reason).toBe('failed');
    expect(now().lastEnd?.message).toMatch(/Nobody (answered|confirmed)/);
  });

  it('is stopped while the sign-in is waited for', async () => {
    await owner.stint.integrations.logout(center.integration.integrationId, by);
    await start();
    await owner.stint.sessions.stop(session.sessionId, { by });
    expect(now().lastEnd).toMatchObject({ reason: 'cancelled' });
    await owner.pass(6);
  });

  it('cannot reach Identity Center', async () => {
    await owner.stint.settings.change({ awsSsoEndpointUrl: 'http://127.0.0.1:1' });
    const { code, message } = await refusal(start());
    expect(code).toBe('cloud-unreachable');
    expect(message).toContain(
      'Identity Center in eu-west-1 did not answer for session payments-prod / Operator',
    );
  });

  it('meets a failure of Identity Center', async () => {
    await owner.cloud.setOverrides({ failNext: 20, failStatus: 503 });
    expect((await refusal(start())).message).toContain('failed for session payments-prod');
  });

  it('has a start URL that is none', async () => {
    const lost = await owner.stint.integrations.create(
      {
        kind: 'awsSso',
        name: 'lost',
        region: 'eu-west-1',
        startUrl: center.startUrl.replace('acme', 'nobody'),
      },
      by,
    );
    const { code, message } = await refusal(
      owner.stint.integrations.login(lost.integrationId, 'device-code'),
    );
    expect(code).toBe('cloud-refused');
    expect(message).toContain('integration lost');
  });
});

it('a clock that is off by 20 minutes keeps no role of Identity Center from starting', async () => {
  await owner.cloud.setOverrides({ clockOffsetSeconds: 1200 });
  await start();
  const { expiration } = await owner.stint.sessions.credentials(session.sessionId);
  const left = (Date.parse(expiration) - (Date.now() + 1_200_000)) / 1000;
  expect(left).toBeGreaterThan(3500);
});
