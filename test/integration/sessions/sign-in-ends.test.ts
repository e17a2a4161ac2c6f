import { describe, expect, it } from 'vitest';
import type { Session } from '../../../src/models/session.ts';
import { identityCenter, payments } from '../../support/identity-center.ts';
import { aRunningOwner } from '../../support/running-owner.ts';
import { eventually, type ScratchOwner } from '../../support/scratch-owner.ts';
import { accountId, by, journey } from '../../support/session-journey.ts';

let owner: ScratchOwner;
aRunningOwner((started) => {
  owner = started;
});
const { addChained, addRole, now, start } = journey(() => owner);

/** Starts `session` with an MFA code of `device`, and stops it. */
async function startedOnce(session: Session, device: string | undefined): Promise<void> {
  const { prompts } = await start(session);
  expect(prompts).toHaveLength(1);
  await owner.stint.prompts.answer(String(prompts[0]?.promptId), {
    answer: await owner.cloud.mfaCode(String(device)),
  });
  await eventually(
    () => now(session).status,
    (status) => status === 'active',
  );
  await stop(session);
}

async function stop({ sessionId }: Session): Promise<void> {
  await owner.stint.sessions.stop(sessionId, { by });
}

/** A role that an IAM user with an MFA device assumes, and a role assumed with that. */
async function chainOfTwo() {
  const { session: parent, user } = await owner.addUser('ines', { mfa: true });
  const roleOfFirst = await addRole('First', user.arn);
  const first = await addChained('first', parent.sessionId, roleOfFirst);
  const second = await addChained('second', first.sessionId, await addRole('Second', roleOfFirst));
  return { parent, user, first, second };
}

describe('a chained session starts without a question', () => {
  it('while the sign-in of its parent lasts', async () => {
    const { user, first, second } = await chainOfTwo();
    await startedOnce(second, user.mfaSerial);
    expect((await start(second)).prompts).toEqual([]);
    expect((await start(first)).prompts).toEqual([]);
  });

  it('but not once the sign-in of its parent was forgotten', async () => {
    const { parent, user, first, second } = await chainOfTwo();
    await startedOnce(second, user.mfaSerial);
    await owner.stint.sessions.forget(parent.sessionId, { by });
    expect((await start(second)).prompts).toHaveLength(1);
    await stop(second);
    expect((await start(first)).prompts).toHaveLength(1);
  });

  it('but not once the keys of its parent were changed', async () => {
    const { parent, user, second } = await chainOfTwo();
    await startedOnce(second, user.mfaSerial);
    const { accessKeyId, secretAccessKey } = user;
    await owner.stint.sessions.update(parent.sessionId, {
      edit: (fields) => fields,
      secrets: { accessKeyId, secretAccessKey },
      by,
    });
    expect((await start(second)).prompts).toHaveLength(1);
  });

  it('but not once the integration of its parent was logged out', async () => {
    const center = await identityCenter(owner, 'acme');
    await center.offer(payments, 'Operator');
    await center.sync();
    const parent = center.session('payments-prod', 'Operator');
    const roleArn = await addRole('Audit', `arn:aws:iam::${accountId}:root`);
    const child = await addChained('audit', parent.sessionId, roleArn);
    expect((await start(child)).prompts).toEqual([]);
    await owner.stint.integrations.logout(center.integration.integrationId, by);
    expect(now(child).status).toBe('inactive');
    expect((await start(child)).prompts).toHaveLength(1);
  });
});
