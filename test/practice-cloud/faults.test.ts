import { GetCallerIdentityCommand, GetSessionTokenCommand } from '@aws-sdk/client-sts';
import { beforeEach, describe, expect, it } from 'vitest';
import type { CreatedUser } from '../../practice-cloud/admin-client.ts';
import { accountId, keysOf, practiceForEachTest, refusal } from './practice.ts';

describe('the overrides', () => {
  const practice = practiceForEachTest();
  let anna: CreatedUser;
  beforeEach(async () => {
    anna = await practice.admin.createUser({ accountId, userName: 'anna' });
  });
  const who = (maxAttempts = 1) =>
    practice.sts(anna, { maxAttempts }).send(new GetCallerIdentityCommand({}));
  const errors = async () => (await practice.admin.calls()).map(({ error }) => error);

  it('throttle the next requests; the SDK tries again and succeeds', async () => {
    await practice.admin.setOverrides({ throttleNext: 2 });
    expect((await who(3)).Arn).toBe(anna.arn);
    expect(await errors()).toEqual(['Throttling', 'Throttling', undefined]);
    await practice.admin.setOverrides({ throttleNext: 1 });
    expect(await refusal(who())).toEqual({
      code: 'Throttling',
      message: 'Rate exceeded',
      status: 400,
    });
  });

  it('fail the next requests with the status chosen', async () => {
    await practice.admin.setOverrides({ failNext: 1 });
    expect(await refusal(who())).toMatchObject({ code: 'InternalFailure', status: 500 });
    await practice.admin.setOverrides({ failNext: 1, failStatus: 503 });
    expect((await who(2)).Arn).toBe(anna.arn);
    expect(await errors()).toEqual(['InternalFailure', 'ServiceUnavailable', undefined]);
  });

  it('leave a caller waiting until it gives up', async () => {
    await practice.admin.setOverrides({ hang: true });
    const call = practice
      .sts(anna)
      .send(new GetCallerIdentityCommand({}), { abortSignal: AbortSignal.timeout(300) });
    expect((await refusal(call)).code).toMatch(/^(AbortError|TimeoutError)$/);
    await practice.admin.setOverrides({ hang: false });
    expect((await who()).Arn).toBe(anna.arn);
    expect(await errors()).toEqual([undefined]);
  });

  it('cut the connection without an answer', async () => {
    await practice.admin.setOverrides({ dropConnections: true });
    await expect(who()).rejects.toThrow(/socket hang up|ECONNRESET/);
    await practice.admin.resetOverrides();
    expect((await who()).Arn).toBe(anna.arn);
  });

  it('make answers slow', async () => {
    await practice.admin.setOverrides({ latencyMs: 2_000 });
    const impatient = practice
      .sts(anna)
      .send(new GetCallerIdentityCommand({}), { abortSignal: AbortSignal.timeout(100) });
    expect((await refusal(impatient)).status).toBe(0);
    expect((await who()).Arn).toBe(anna.arn);
  });

  it('shift the clock of the Date header and of expiry', async () => {
    const session = keysOf(await practice.sts(anna).send(new GetSessionTokenCommand({})));
    await practice.admin.setOverrides({ clockOffsetSeconds: 43_200 });
    const answer = await fetch(practice.endpoint);
    const ahead = Date.parse(answer.headers.get('date') ?? '') - Date.now();
    expect(Math.round(ahead / 60_000)).toBe(720);
    const call = practice.sts(session, { maxAttempts: 2 }).send(new GetCallerIdentityCommand({}));
    expect(await refusal(call)).toMatchObject({
      code: 'ExpiredToken',
      message: 'The security token included in the request is expired',
      status: 403,
    });
  });

  it('are set one by one, shown, and reset together', async () => {
    const resting = await practice.admin.overrides();
    await practice.admin.setOverrides({ latencyMs: 5 });
    const turned = await practice.admin.setOverrides({ throttleNext: 3 });
    expect(turned).toEqual({ ...resting, latencyMs: 5, throttleNext: 3 });
    expect(await practice.admin.resetOverrides()).toEqual(resting);
  });
});
