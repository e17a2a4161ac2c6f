import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Session } from '../../../src/models/session.ts';
import { aRunningOwner } from '../../support/running-owner.ts';
import { before, eventually, type ScratchOwner } from '../../support/scratch-owner.ts';
import { accountId, by, journey, refusal } from '../../support/session-journey.ts';

let owner: ScratchOwner;
aRunningOwner((started) => {
  owner = started;
});
const { addChained, addRole, now, start } = journey(() => owner);

describe('the message when a chained role', () => {
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
    const keys = await owner.stint.vault.get(`aws-iam-user/${parent.sessionId}/keys`);
    const { accessKeyId } = JSON.parse(keys ?? '{}') as { accessKeyId: string };
    await owner.cloud.deleteKey(accessKeyId);
    const {
      code,
      details: { detail, next },
    } = await refusal(start(chained));
    expect(code).toBe('cloud-refused');
    expect(detail).toBe('AWS does not know the credentials that session audit signs with.');
    expect(next).toContain('Check the parent session');
  });

  it('is denied', async () => {
    const other = await owner.cloud.createUser({ accountId, userName: 'other' });
    const roleArn = await addRole('Closed', other.arn);
    chained = await addChained('closed', parent.sessionId, roleArn);
    const {
      code,
      details: { detail },
    } = await refusal(start(chained));
    expect(code).toBe('cloud-refused');
    expect(detail).toContain('AWS denied session closed');
    expect(detail).toContain(roleArn);
  });

  it('lacks the external id that is asked for', async () => {
    const roleArn = await addRole('Partner', arn, { externalId: 'partner-42' });
    chained = await addChained('partner', parent.sessionId, roleArn, { externalId: 'wrong' });
    expect((await refusal(start(chained))).message).toContain('AWS denied session partner');
  });

  it('wants MFA and has none', async () => {
    const roleArn = await addRole('Careful', arn, { mfaRequired: true });
    chained = await addChained('careful', parent.sessionId, roleArn);
    const { detail, next } = (await refusal(start(chained))).details;
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
    await owner.cloud.setOverrides({ throttleNext: 10 });
    const {
      code,
      details: { detail },
    } = await refusal(start(chained));
    expect([code, detail]).toEqual([
      'cloud-unreachable',
      'AWS is throttling requests for session audit.',
    ]);
    await owner.cloud.resetOverrides();
  });

  it('cannot reach AWS', async () => {
    await owner.stint.settings.change({ awsStsEndpointUrl: 'http://127.0.0.1:1' });
    const {
      code,
      details: { detail },
    } = await refusal(start(chained));
    expect(code).toBe('cloud-unreachable');
    expect(detail).toContain('did not answer for session audit (ECONNREFUSED)');
  });

  it('is asked of a region’s service that fails', async () => {
    await owner.cloud.setOverrides({ failNext: 10, failStatus: 503 });
    expect((await refusal(start(chained))).message).toContain('failed for session audit (HTTP 503');
    await owner.cloud.resetOverrides();
  });

  it('carries a policy that AWS does not understand', async () => {
    chained = await addChained('odd', parent.sessionId, await addRole('Odd', arn), {
      policy: 'not a policy',
    });
    expect((await refusal(start(chained))).message).toContain(
      'AWS refused the session policies for odd: ',
    );
  });
});
