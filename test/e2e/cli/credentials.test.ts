import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { stintCommand } from '../../support/agent-process.ts';
import { aws } from './aws.ts';
import { accountId, computerForEachTest } from './computer.ts';

describe('stint credentials', () => {
  const computer = computerForEachTest();

  it('prints what the credential_process contract asks for, and nothing else', async () => {
    const { accessKeyId } = await computer.addUser('anna');
    await computer.stint(['start', 'anna']);
    const { code, stdout, stderr } = await computer.stint(['credentials', 'anna']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const credentials = JSON.parse(stdout) as Record<string, string>;
    expect(credentials).toMatchObject({
      Version: 1,
      AccessKeyId: expect.stringMatching(/^ASIA/) as string,
      SecretAccessKey: expect.stringMatching(/./) as string,
      SessionToken: expect.stringMatching(/./) as string,
    });
    expect(Date.parse(credentials['Expiration'] ?? '')).toBeGreaterThan(Date.now());
    expect(stdout).not.toContain(accessKeyId);
  });

  it('is a credential process that the AWS CLI takes', async () => {
    const { sessionId } = await computer.addUser('anna');
    await computer.stint(['start', 'anna']);
    await writeFile(
      join(computer.scratch.folder, '.aws', 'config'),
      `[profile by-process]\ncredential_process = "${process.execPath}" "${stintCommand}" credentials ${sessionId}\n`,
    );
    const whoAmI = () =>
      aws(computer.scratch, ...['sts', 'get-caller-identity', '--profile', 'by-process']);
    expect(JSON.parse((await whoAmI()).stdout)).toMatchObject({ Account: accountId });
    await computer.stint(['stop', 'anna']);
    const refused = await whoAmI();
    expect(refused.code).not.toBe(0);
    expect(refused.stderr).toContain('not active');
  });

  it('finds its owner by --home where the shell has no STINT_HOME, by name and by id', async () => {
    const { sessionId } = await computer.addUser('asa');
    await computer.stint(['session', 'edit', 'asa', '--name', 'Åsa 1']);
    await computer.stint(['start', 'Åsa 1']);
    const env = { STINT_HOME: undefined };
    for (const words of [
      ['Åsa 1', '--home', computer.scratch.home],
      [`--home=${computer.scratch.home}`, sessionId],
      [sessionId, '--home', computer.scratch.home, '--verbose'],
    ]) {
      const ran = await computer.stint(['credentials', ...words], { env });
      expect(ran.code).toBe(0);
      expect(JSON.parse(ran.stdout)).toMatchObject({ Version: 1 });
    }
    const leases = await computer.stint(['session', 'show', 'Åsa 1']);
    expect(leases.stdout).toMatch(
      new RegExp(`credential-process \\S+ \\(pid ${process.pid}, 3 uses\\)`),
    );
  });

  it('starts a session with on-demand once for all callers, but none that needs an answer', async () => {
    const { sessionId } = await computer.addUser('anna');
    expect((await computer.stint(['session', 'edit', sessionId, '--on-demand'])).code).toBe(0);
    const answers = await Promise.all([1, 2, 3].map(() => computer.stint(['credentials', 'anna'])));
    expect(answers.map(({ code, stderr }) => [code, stderr])).toEqual([1, 2, 3].map(() => [0, '']));
    const keys = answers.map(
      ({ stdout }) => (JSON.parse(stdout) as Record<string, string>)['AccessKeyId'],
    );
    expect(new Set(keys).size).toBe(1);
    const { sessionId: asking } = await computer.addUser('ben', { mfa: true });
    await computer.stint(['session', 'edit', asking, '--on-demand']);
    const refused = await computer.stint(['credentials', 'ben']);
    expect(refused).toMatchObject({ code: 4, stdout: '' });
    expect(refused.stderr).toContain('stint start');
    expect(await computer.json('session', 'show', 'ben')).toMatchObject({ status: 'inactive' });
    expect(await computer.json('prompt', 'list')).toEqual([]);
  });

  it('prints a message on standard error for an inactive or unknown session', async () => {
    await computer.addUser('anna');
    const inactive = await computer.stint(['credentials', 'anna']);
    expect(inactive).toMatchObject({ code: 1, stdout: '' });
    expect(inactive.stderr).toContain('anna');
    expect(await computer.stint(['credentials', 'nobody'])).toMatchObject({ code: 3, stdout: '' });
    expect(await computer.json('session', 'show', 'anna')).toMatchObject({ status: 'inactive' });
  });
});
