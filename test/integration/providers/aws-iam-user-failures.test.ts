import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Session } from '../../../src/models/session.ts';
import { aRunningOwner } from '../../support/running-owner.ts';
import { before, eventually, type Added, type ScratchOwner } from '../../support/scratch-owner.ts';
import { by, journey, refusal } from '../../support/session-journey.ts';

let owner: ScratchOwner;
aRunningOwner((started) => {
  owner = started;
});
const { now, start, whoIs } = journey(() => owner);

const asked = () => owner.stint.prompts.list();
const answer = (text: string) =>
  owner.stint.prompts.answer(String(asked()[0]?.promptId), { answer: text });

describe('the message when an IAM user', () => {
  let session: Session;
  let user: Added['user'];
  beforeEach(async () => {
    ({ session, user } = await owner.addUser('anna'));
  });
  afterEach(async () => {
    await owner.cloud.resetOverrides();
    expect(now(session).status).toBe('inactive');
    expect(await owner.credentials()).toBe(before);
    expect(asked()).toEqual([]);
  });

  it('has a key that was deleted', async () => {
    await owner.cloud.deleteKey(user.accessKeyId);
    const { code, message, details } = await refusal(start(session));
    expect(code).toBe('cloud-refused');
    expect(message).toBe(
      'AWS does not know the access key of session anna: it was deleted or is inactive.',
    );
    expect(details.next).toContain('--access-keys');
  });

  it('has a secret key that is another one’s', async () => {
    const { secretAccessKey } = await owner.cloud.createKey(user.arn);
    await owner.stint.sessions.update(session.sessionId, {
      edit: (fields) => fields,
      secrets: { accessKeyId: user.accessKeyId, secretAccessKey },
      by,
    });
    const refused = await refusal(start(session));
    expect(refused.message).toContain('AWS refused the signature of session anna');
    expect(JSON.stringify(refused.toDocument())).not.toContain(secretAccessKey);
  });

  it('has an MFA device that is not theirs', async () => {
    const ben = await owner.cloud.createUser({
      accountId: '447109328810',
      userName: 'ben',
      mfa: true,
    });
    await owner.stint.sessions.update(session.sessionId, {
      edit: (fields) => ({ ...fields, mfaSerial: ben.mfaSerial }) as never,
      by,
    });
    await start(session);
    await answer('123456');
    await eventually(
      () => now(session).status,
      (status) => status === 'inactive',
    );
    expect(now(session).lastEnd).toMatchObject({ reason: 'failed' });
    expect(now(session).lastEnd?.message).toContain(
      'AWS does not accept the MFA device of session anna',
    );
  });

  it('is throttled', async () => {
    await owner.cloud.setOverrides({ throttleNext: 10 });
    const { code, message } = await refusal(start(session));
    expect([code, message]).toEqual([
      'cloud-unreachable',
      'AWS is throttling requests for session anna.',
    ]);
  });

  it('meets a failure of AWS', async () => {
    await owner.cloud.setOverrides({ failNext: 10, failStatus: 500 });
    expect((await refusal(start(session))).message).toContain('failed for session anna (HTTP 500');
  });

  it('has no network', async () => {
    await owner.stint.settings.change({ awsStsEndpointUrl: 'http://127.0.0.1:1' });
    const { code, message } = await refusal(start(session));
    expect(code).toBe('cloud-unreachable');
    expect(message).toContain('did not answer for session anna (ECONNREFUSED)');
  });

  it('has a network that cuts every connection', async () => {
    await owner.cloud.setOverrides({ dropConnections: true });
    expect((await refusal(start(session))).code).toBe('cloud-unreachable');
  });

  it('has lost their keys from the vault', async () => {
    await owner.stint.vault.delete(`aws-iam-user/${session.sessionId}/keys`);
    const { code, details } = await refusal(start(session));
    expect(code).toBe('secret-missing');
    expect(details.next).toContain('stint session edit');
  });
});

it('a wrong MFA code is asked for again, and the right one lets the start continue', async () => {
  const { session, user } = await owner.addUser('mia', { mfa: true });
  await start(session);
  await answer('000000');
  await eventually(asked, ([one]) => one?.text.startsWith('AWS refused') === true);
  await answer(await owner.cloud.mfaCode(String(user.mfaSerial)));
  await eventually(
    () => now(session).status,
    (status) => status === 'active',
  );
  expect(await whoIs(session)).toBe(user.arn);
});

it('a clock that is off by 20 minutes keeps no IAM user from starting', async () => {
  const { session } = await owner.addUser('anna');
  await owner.cloud.setOverrides({ clockOffsetSeconds: -1200, signatureMinutes: 15 });
  await start(session);
  const { expiration } = await owner.stint.sessions.credentials(session.sessionId);
  const left = (Date.parse(expiration) - (Date.now() - 1_200_000)) / 1000;
  expect(left).toBeGreaterThan(43_100);
  expect(left).toBeLessThanOrEqual(43_200);
});

it.each(['12345', '1234567', 'correct horse'])(
  'what is not an MFA code (%s) is refused at once, is repeated nowhere, and leaves the question open',
  async (text) => {
    const { session, user } = await owner.addUser('mia', { mfa: true });
    await start(session);
    const question = asked();
    const refused = await refusal(answer(text));
    expect(refused.code).toBe('invalid-request');
    expect(refused.details.errors).toMatchObject([{ field: 'answer' }]);
    expect(JSON.stringify(refused.toDocument())).not.toContain(text);
    expect(asked()).toEqual(question);
    expect(now(session).status).toBe('pending');

    const code = await owner.cloud.mfaCode(String(user.mfaSerial));
    await answer(` ${code.slice(0, 3)} ${code.slice(3)}\n`);
    await eventually(
      () => now(session).status,
      (status) => status === 'active',
    );
  },
);
