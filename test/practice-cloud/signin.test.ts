import { AssumeRoleCommand, GetSessionTokenCommand } from '@aws-sdk/client-sts';
import { describe, expect, it } from 'vitest';
import { accountId, keysOf, practiceForEachTest, type Keys } from './practice.ts';

const practice = practiceForEachTest();
const console = 'https://console.aws.amazon.com/';

async function ask(keys: Partial<Keys>, more: Record<string, string> = {}) {
  const form = new URLSearchParams({
    Action: 'getSigninToken',
    Session: JSON.stringify({
      sessionId: keys.accessKeyId,
      sessionKey: keys.secretAccessKey,
      sessionToken: keys.sessionToken,
    }),
    ...more,
  });
  const answer = await fetch(`${practice.signinEndpoint}/federation`, {
    method: 'POST',
    body: form,
  });
  return { status: answer.status, text: await answer.text() };
}
const tokenOf = ({ text }: { text: string }) =>
  (JSON.parse(text) as { SigninToken: string }).SigninToken;
async function login(token: string, destination = console) {
  const query = new URLSearchParams({
    Action: 'login',
    Destination: destination,
    SigninToken: token,
  });
  const answer = await fetch(`${practice.signinEndpoint}/federation?${query.toString()}`);
  return { status: answer.status, text: await answer.text() };
}

async function ofRole(name = 'Audit') {
  const user = await practice.admin.createUser({ accountId, userName: `anna-${name}` });
  const roleArn = `arn:aws:iam::${accountId}:role/${name}`;
  await practice.admin.createRole({ roleArn, principals: [user.arn], maxSessionSeconds: 43_200 });
  const command = new AssumeRoleCommand({ RoleArn: roleArn, RoleSessionName: 'anna' });
  return { user, roleArn, keys: keysOf(await practice.sts(user).send(command)) };
}

describe('the federation endpoint', () => {
  it('signs in a role, in its own partition, for 15 minutes', async () => {
    const { keys } = await ofRole();
    const token = tokenOf(await ask(keys));
    expect((await login(token)).text).toContain('assumed-role/Audit/anna');
    expect((await login(token, 'https://console.amazonaws.cn/')).status).toBe(400);
    expect((await login(token, 'https://console.aws.amazon.com.evil.example/')).status).toBe(400);
    expect((await login('another')).status).toBe(400);
    await practice.admin.setOverrides({ clockOffsetSeconds: 901 });
    expect((await login(token)).status).toBe(400);
  });

  it('refuses a length out of bounds, and any for a chained role', async () => {
    const { keys, roleArn } = await ofRole();
    const lengths = ['899', '43201', 'long', '900', '43200'];
    const statuses = await Promise.all(
      lengths.map(async (SessionDuration) => (await ask(keys, { SessionDuration })).status),
    );
    expect(statuses).toEqual([400, 400, 400, 200, 200]);
    const deepArn = `arn:aws:iam::${accountId}:role/Deep`;
    await practice.admin.createRole({ roleArn: deepArn, principals: [roleArn] });
    const chain = new AssumeRoleCommand({ RoleArn: deepArn, RoleSessionName: 'anna' });
    const deep = keysOf(await practice.sts(keys).send(chain));
    expect((await ask(deep, { SessionDuration: '3600' })).status).toBe(400);
    expect((await ask(deep)).status).toBe(200);
  });

  it('refuses credentials that are wrong, expired, or of GetSessionToken', async () => {
    const { user, keys } = await ofRole();
    const ofUser = keysOf(await practice.sts(user).send(new GetSessionTokenCommand({})));
    expect((await ask(ofUser)).status).toBe(400);
    expect((await ask({ ...keys, secretAccessKey: 'x' })).status).toBe(400);
    expect((await ask({})).status).toBe(400);
    await practice.admin.setOverrides({ clockOffsetSeconds: 3700 });
    expect((await ask(keys)).status).toBe(400);
  });
});
