import { writeFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { aws } from './aws.ts';
import { computerForEachTest } from './computer.ts';

interface Outcome {
  readonly session: { readonly sessionName: string; readonly status: string };
  readonly findings: readonly { readonly code: string }[];
  readonly prompts?: readonly { readonly promptId: string; readonly text: string }[];
}

describe('stint start in a script', () => {
  const computer = computerForEachTest();

  it('reports an MFA code as needed, ends with 4, and continues once somebody answers', async () => {
    const { mfaSerial = '' } = await computer.addUser('anna', { mfa: true });
    const started = await computer.stint(['start', 'anna', '--json']);
    expect(started.code).toBe(4);
    const [{ session, prompts }] = JSON.parse(started.stdout) as [Outcome];
    expect(session).toMatchObject({ sessionName: 'anna', status: 'pending' });
    const [prompt] = prompts ?? [];
    expect(prompt?.text).toBe('MFA code for anna');
    expect(started.stderr).toContain(`Answer: stint prompt answer ${String(prompt?.promptId)}`);
    expect(await computer.json('prompt', 'list')).toEqual(prompts);

    const answered = await computer.stint(['prompt', 'answer'], {
      input: `${await computer.admin.mfaCode(mfaSerial)}\n`,
    });
    expect(answered).toMatchObject({ code: 0, stdout: '', stderr: 'Answered.\n' });
    // A second start waits for the first: it is active by then.
    expect((await computer.stint(['start', 'anna'])).code).toBe(0);
  });

  it('fails if somebody cancels its question', async () => {
    await computer.addUser('anna', { mfa: true });
    await computer.stint(['start', 'anna']);
    expect(await computer.stint(['prompt', 'cancel'])).toMatchObject({
      code: 0,
      stderr: 'Cancelled.\n',
    });
    expect((await computer.stint(['prompt', 'cancel'])).code).toBe(3);
    expect(await computer.json('session', 'show', 'anna')).toMatchObject({ status: 'inactive' });
  });

  it('does not wait for an answer with --no-wait, even at a terminal', async () => {
    await computer.addUser('anna', { mfa: true });
    expect((await computer.atTerminal(['start', 'anna', '--no-wait'])).code).toBe(4);
  });

  it('says how to use the delivery that counts', async () => {
    await computer.addUser('anna');
    await computer.stint(['settings', 'set', 'default-delivery', 'endpoint-only']);
    const started = await computer.stint(['start', 'anna']);
    expect(started.stderr).toMatch(/^anna is active, .* left\. Use it: stint exec anna -- …$/m);
  });

  it('starts several, and a failure does not stop the others', async () => {
    await computer.addUser('anna');
    const ben = await computer.addUser('ben');
    await computer.admin.deactivateKey(ben.accessKeyId);
    const started = await computer.stint(['start', 'ben', 'anna']);
    expect(started.code).toBe(1);
    expect(started.stderr).toMatch(/^stint: ben: /m);
    expect(started.stderr).toMatch(/^anna is active, /m);

    const stopped = await computer.stint(['stop', '--all', '--json']);
    expect(stopped.code).toBe(0);
    expect(JSON.parse(stopped.stdout)).toMatchObject([{ session: { sessionName: 'anna' } }]);
    expect(await computer.stint(['stop', '--all'])).toMatchObject({
      code: 0,
      stderr: 'No session is running.\n',
    });
  });

  it('warns of what would win over the session in this shell', async () => {
    await computer.addUser('anna');
    const started = await computer.stint(['start', 'anna', '--json'], {
      env: { AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE', AWS_SECRET_ACCESS_KEY: 'not-shown' },
    });
    expect(started.code).toBe(0);
    expect((JSON.parse(started.stdout) as [Outcome])[0].findings).not.toEqual([]);
    expect(started.stderr).toMatch(/^Warning: .*AWS_ACCESS_KEY_ID/m);
    expect(started.stdout + started.stderr).not.toContain('not-shown');
  });

  it('fails for a name of several sessions, with their ids, and for an unknown name', async () => {
    const { sessionId } = await computer.addUser('anna');
    const other = await computer.addUser('anna');
    const started = await computer.stint(['start', 'anna']);
    expect(started).toMatchObject({ code: 2, stdout: '' });
    expect(started.stderr).toContain(sessionId);
    expect(started.stderr).toContain(other.sessionId);
    expect((await computer.stint(['start', sessionId])).code).toBe(0);
    expect((await computer.stint(['start', 'nobody'])).code).toBe(3);
    expect((await computer.stint(['start', crypto.randomUUID()])).code).toBe(3);
  });

  it('rotates only what is active', async () => {
    await computer.addUser('anna');
    expect((await computer.stint(['rotate', 'anna'])).code).toBe(1);
    await computer.stint(['start', 'anna']);
    const before = await computer.credentialsFile();
    expect(await computer.json('rotate', 'anna')).toMatchObject([
      { session: { status: 'active' }, findings: [] },
    ]);
    expect(await computer.credentialsFile()).not.toBe(before);
  });
});

const mine =
  '# anna\r\n[anna]\r\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\r\naws_secret_access_key=x\r\n';

describe('the user’s own section with the name of the profile', () => {
  const computer = computerForEachTest({ credentials: mine });

  it('is never replaced without asking; moved aside on request, it is restored after the stop', async () => {
    await computer.addUser('anna');
    const refused = await computer.stint(['start', 'anna']);
    expect(refused).toMatchObject({ code: 4, stdout: '' });
    expect(refused.stderr).toContain('anna');
    expect(refused.stderr).toContain('--replace-section');
    expect(await computer.credentialsFile()).toBe(mine);

    expect((await computer.stint(['start', 'anna', '--replace-section'])).code).toBe(0);
    expect(await computer.credentialsFile()).not.toContain('AKIAIOSFODNN7EXAMPLE');
    const used = await aws(computer.scratch, 'sts', 'get-caller-identity', '--profile', 'anna');
    expect(used.code).toBe(0);

    expect((await computer.stint(['stop', 'anna'])).code).toBe(0);
    expect(await computer.credentialsFile()).toBe(mine);
  });

  it('in a file that AWS tools cannot read: doctor names the line', async () => {
    await writeFile(computer.scratch.credentialsFile, `${mine}what is this\r\n`);
    const { code, stdout } = await computer.stint(['doctor']);
    expect(code).toBe(1);
    expect(stdout).toMatch(/^problem .*line 5/m);
  });
});
