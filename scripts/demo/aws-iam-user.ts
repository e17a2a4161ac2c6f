import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { AdminClient } from '../../practice-cloud/admin-client.ts';
import type { Narrator } from './narrator.ts';
import { run, stint, usersOwnFile, type Scratch } from './scratch.ts';

const type = 'awsIamUser';
const accountId = '447109328810';

interface Shown {
  readonly sessionId: string;
  readonly status: string;
  readonly startDateTime: string;
  readonly rotatedAt?: string;
  readonly credentialsExpireAt?: string;
}

/** Start → the SDK is who it should be → renewal by itself → rotate → stop → gone; then with MFA. */
export async function showAwsIamUser(
  narrator: Narrator,
  scratch: Scratch,
  cloud: AdminClient,
): Promise<void> {
  const anna = await cloud.createUser({ accountId, userName: 'anna' });
  const ben = await cloud.createUser({ accountId, userName: 'ben', mfa: true });
  const step = (what: string, prove: () => Promise<void>) => narrator.step(type, what, prove);
  const show = async (name: string) =>
    JSON.parse(await stint(scratch, ['session', 'show', name, '--json'])) as Shown;

  await step('add a session; its keys go to the vault', async () => {
    await addSession('anna-dev', anna);
    assert.equal((await show('anna-dev')).status, 'inactive');
  });

  await step('start: the SDK reads the profile and AWS says who it is', async () => {
    await cloud.setKnobs({ grantedSeconds: 9 });
    await stint(scratch, ['start', 'anna-dev']);
    assert.equal(await whoAmI('anna-dev'), anna.arn);
  });

  await step('renewed by itself before the short-lived token expired', async () => {
    const before = await show('anna-dev');
    const deadline = Date.now() + 20_000;
    let now = before;
    while (now.rotatedAt === undefined && Date.now() < deadline) {
      await pause(250);
      now = await show('anna-dev');
    }
    assert.ok(now.rotatedAt, 'it was not renewed');
    assert.ok(now.rotatedAt < String(before.credentialsExpireAt), 'it was renewed too late');
    assert.equal(now.startDateTime, before.startDateTime);
    assert.equal(await whoAmI('anna-dev'), anna.arn);
  });

  await step('rotate: fresh credentials take the place of the old ones', async () => {
    await cloud.setKnobs({ grantedSeconds: null });
    const before = await readFile(scratch.credentialsFile, 'latin1');
    await stint(scratch, ['rotate', 'anna-dev']);
    assert.notEqual(await readFile(scratch.credentialsFile, 'latin1'), before);
    assert.equal(await whoAmI('anna-dev'), anna.arn);
  });

  await step(
    'stop: the chain finds nothing, and the file is as it was, byte for byte',
    async () => {
      await stint(scratch, ['stop', 'anna-dev']);
      await assert.rejects(whoAmI('anna-dev'));
      assert.equal(await readFile(scratch.credentialsFile, 'latin1'), usersOwnFile);
    },
  );

  await step('with MFA: the start asks for the code, the answer lets it go on', async () => {
    await addSession('ben-prod', ben);
    await stint(scratch, ['start', 'ben-prod'], { expected: 4 });
    const { items } = JSON.parse(await stint(scratch, ['prompt', 'list', '--json'])) as {
      readonly items: readonly { readonly promptId: string }[];
    };
    const [prompt] = items;
    assert.ok(prompt, 'nothing is asked');
    const code = await cloud.mfaCode(String(ben.mfaSerial));
    await stint(scratch, ['prompt', 'answer', prompt.promptId], { input: `${code}\n` });
    const deadline = Date.now() + 10_000;
    while ((await show('ben-prod')).status !== 'active' && Date.now() < deadline) await pause(100);
    assert.equal(await whoAmI('ben-prod'), ben.arn);
  });

  await step('with MFA: stopped and started again without another code', async () => {
    await stint(scratch, ['stop', 'ben-prod']);
    await assert.rejects(whoAmI('ben-prod'));
    await stint(scratch, ['start', 'ben-prod']);
    assert.equal(await whoAmI('ben-prod'), ben.arn);
    await stint(scratch, ['stop', 'ben-prod']);
    assert.equal(await readFile(scratch.credentialsFile, 'latin1'), usersOwnFile);
  });

  async function addSession(sessionName: string, user: typeof anna): Promise<void> {
    const { accessKeyId, secretAccessKey, mfaSerial } = user;
    await stint(scratch, ['session', 'add', '--from-json', '-'], {
      input: JSON.stringify({
        type,
        sessionName,
        region: 'eu-west-1',
        ...(mfaSerial === undefined ? {} : { mfaSerial }),
        secrets: { accessKeyId, secretAccessKey },
      }),
    });
  }

  async function whoAmI(profile: string): Promise<string> {
    const program = join(import.meta.dirname, 'who-am-i.ts');
    const ran = await run(scratch, process.execPath, [program], { env: { AWS_PROFILE: profile } });
    if (ran.code !== 0) throw new Error(ran.stderr.trim());
    return ran.stdout.trim();
  }
}
