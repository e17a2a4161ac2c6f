import { GetCallerIdentityCommand, GetSessionTokenCommand } from '@aws-sdk/client-sts';
import { beforeEach, describe, expect, it } from 'vitest';
import type { CreatedUser } from '../../practice-cloud/admin-client.ts';
import { accountId, keysOf, practiceForEachTest, refusal } from './practice.ts';

describe('GetSessionToken', () => {
  const practice = practiceForEachTest();
  let anna: CreatedUser;
  beforeEach(async () => {
    anna = await practice.admin.createUser({ accountId, userName: 'anna', mfa: true });
  });

  async function secondsGranted(DurationSeconds?: number): Promise<number> {
    const before = Math.floor(Date.now() / 1000);
    const answer = await practice.sts(anna).send(new GetSessionTokenCommand({ DurationSeconds }));
    const until = Math.floor((answer.Credentials?.Expiration?.valueOf() ?? 0) / 1000);
    // The answer may take a second or two on a busy machine; lengths in AWS are minutes apart.
    return Math.round((until - before) / 60) * 60;
  }

  it('grants 12 hours by default, and 15 minutes to 36 hours as asked', async () => {
    expect([
      await secondsGranted(),
      await secondsGranted(900),
      await secondsGranted(129_600),
    ]).toEqual([43_200, 900, 129_600]);
  });

  it.each([
    [899, 'greater than or equal to 900'],
    [129_601, 'less than or equal to 129600'],
  ])('refuses %i seconds', async (DurationSeconds, bound) => {
    const call = practice.sts(anna).send(new GetSessionTokenCommand({ DurationSeconds }));
    expect(await refusal(call)).toEqual({
      code: 'ValidationError',
      status: 400,
      message:
        `1 validation error detected: Value '${DurationSeconds}' at 'durationSeconds' failed to ` +
        `satisfy constraint: Member must have value ${bound}`,
    });
  });

  it('names every parameter that is wrong at once', async () => {
    const call = practice
      .sts(anna)
      .send(new GetSessionTokenCommand({ SerialNumber: 'ab cd', TokenCode: '12345' }));
    const { message } = await refusal(call);
    expect(message.split('; ')).toEqual([
      "3 validation errors detected: Value 'ab cd' at 'serialNumber' failed to satisfy constraint: " +
        'Member must have length greater than or equal to 9',
      "Value 'ab cd' at 'serialNumber' failed to satisfy constraint: " +
        'Member must satisfy regular expression pattern: [\\w+=/:,.@-]*',
      "Value '12345' at 'tokenCode' failed to satisfy constraint: " +
        'Member must have length greater than or equal to 6',
    ]);
  });

  it('refuses a wrong code, half of the pair, and a device of somebody else', async () => {
    const ben = await practice.admin.createUser({ accountId, userName: 'ben', mfa: true });
    const SerialNumber = String(anna.mfaSerial);
    const right = await practice.admin.mfaCode(SerialNumber);
    const wrong = String((Number(right) + 1) % 1_000_000).padStart(6, '0');
    const asked = [
      { SerialNumber, TokenCode: wrong },
      { SerialNumber },
      { TokenCode: right },
      { SerialNumber: ben.mfaSerial, TokenCode: await practice.admin.mfaCode(ben.mfaSerial ?? '') },
    ];
    const refusals = [];
    for (const parameters of asked) {
      refusals.push(await refusal(practice.sts(anna).send(new GetSessionTokenCommand(parameters))));
    }
    expect(refusals).toEqual(
      [
        'MultiFactorAuthentication failed with invalid MFA one time pass code. ',
        'MultiFactorAuthentication failed, must provide both MFA serial number and one time pass code.',
        'MultiFactorAuthentication failed, must provide both MFA serial number and one time pass code.',
        'MultiFactorAuthentication failed, unable to validate MFA code.  Please verify your MFA ' +
          'serial number is valid and associated with this user.',
      ].map((message) => ({ code: 'AccessDenied', status: 403, message })),
    );
  });

  it('takes a fresh code after one was used', async () => {
    await practice.admin.setOverrides({ totpWindowSteps: 8 });
    const SerialNumber = String(anna.mfaSerial);
    for (let round = 0; round < 3; round += 1) {
      const TokenCode = await practice.admin.mfaCode(SerialNumber);
      await practice.sts(anna).send(new GetSessionTokenCommand({ SerialNumber, TokenCode }));
    }
    const calls = await practice.admin.calls();
    expect(calls.map(({ error }) => error)).toEqual([undefined, undefined, undefined]);
  });

  it('can not be called with a session token', async () => {
    const session = keysOf(await practice.sts(anna).send(new GetSessionTokenCommand({})));
    expect(await refusal(practice.sts(session).send(new GetSessionTokenCommand({})))).toEqual({
      code: 'AccessDenied',
      status: 403,
      message: 'Cannot call GetSessionToken with session credentials',
    });
  });

  it('gives tokens that outlive the key they came from, but not the user', async () => {
    const session = keysOf(await practice.sts(anna).send(new GetSessionTokenCommand({})));
    const who = () => practice.sts(session).send(new GetCallerIdentityCommand({}));
    await practice.admin.deleteKey(anna.accessKeyId);
    expect((await who()).Arn).toBe(anna.arn);
    await practice.admin.deleteUser(anna.arn);
    expect((await refusal(who())).code).toBe('InvalidClientTokenId');
    await practice.admin.createUser({ accountId, userName: 'anna' });
    expect((await refusal(who())).code).toBe('InvalidClientTokenId');
  });

  it('is valid as long as the override says, and the request is checked as usual', async () => {
    await practice.admin.setOverrides({ grantedSeconds: 120 });
    expect(await secondsGranted(3600)).toBe(120);
    const call = practice.sts(anna).send(new GetSessionTokenCommand({ DurationSeconds: 120 }));
    expect((await refusal(call)).code).toBe('ValidationError');
    await practice.admin.setOverrides({ grantedSeconds: null });
    expect(await secondsGranted(3600)).toBe(3600);
  });
});
