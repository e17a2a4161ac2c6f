import { readFile, stat } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { callOwner } from '../../support/agent-process.ts';
import { aws } from './aws.ts';
import { accountId, computerForEachTest } from './computer.ts';

const mine = '; mine\r\n[personal]\r\naws_access_key_id=AKIAIOSFODNN7EXAMPLE\r\n\tregion = x\r\n';

describe('the main job at a terminal', () => {
  const computer = computerForEachTest({ credentials: mine });

  it('starts with an MFA code, is used by the AWS CLI, rotates, and is gone after the stop', async () => {
    const { mfaSerial = '', sessionId } = await computer.addUser('anna', { mfa: true });
    const whoAmI = () =>
      aws(computer.scratch, 'sts', 'get-caller-identity', '--profile', 'anna', '--output', 'json');
    expect((await whoAmI()).code).not.toBe(0);

    const mfaCode = async () => `${await computer.admin.mfaCode(mfaSerial)}\r`;
    const started = await computer.atTerminal(
      ['start', 'anna'],
      [{ after: 'anna', type: mfaCode }],
    );
    expect(started).toMatchObject({ code: 0 });
    expect(started.stdout).toContain('anna is active');
    expect(started.stdout).toContain('aws --profile anna');

    const used = await whoAmI();
    expect(used.stderr).toBe('');
    expect(JSON.parse(used.stdout)).toMatchObject({ Account: accountId });

    const listed = await computer.stint(['session', 'list']);
    expect(listed.stdout).toMatch(
      /^STATUS +NAME +ACCOUNT +TYPE +PROFILE +REGION +STARTED +TIME LEFT$/m,
    );
    expect(listed.stdout).toMatch(
      /^active +anna +IAM user +anna +eu-west-1 .* (12 h|11 h 5\d min)$/m,
    );

    const before = await computer.credentialsFile();
    const rotated = await computer.atTerminal(
      ['rotate', 'anna'],
      [{ after: 'anna', type: mfaCode }],
    );
    expect(rotated).toMatchObject({ code: 0 });
    expect(rotated.stdout).toContain('anna has new credentials');
    expect(await computer.credentialsFile()).not.toBe(before);
    expect((await whoAmI()).code).toBe(0);

    const stopped = await computer.stint(['stop', 'anna']);
    expect(stopped).toMatchObject({ code: 0, stdout: '' });
    expect(stopped.stderr).toMatch(/^anna is stopped\.\nCopies of its credentials work/);
    expect((await whoAmI()).stderr).toContain('could not be found');
    expect(await computer.credentialsFile()).toBe(mine);

    const again = await computer.stint(['stop', sessionId]);
    expect(again).toMatchObject({ code: 0, stderr: 'anna was not running.\n' });
  });

  it('asks nothing at the next start, until the sign-in is forgotten', async () => {
    const { mfaSerial = '' } = await computer.addUser('anna', { mfa: true });
    const mfaCode = async () => `${await computer.admin.mfaCode(mfaSerial)}\r`;
    await computer.atTerminal(['start', 'anna'], [{ after: 'anna', type: mfaCode }]);
    await computer.stint(['stop', 'anna']);
    expect((await computer.stint(['start', 'anna'])).code).toBe(0);
    await computer.stint(['stop', 'anna']);
    expect(await computer.stint(['session', 'forget', 'anna'])).toMatchObject({
      code: 0,
      stderr: 'The next start of anna asks you to sign in again.\n',
    });
    expect((await computer.stint(['start', 'anna'])).code).toBe(4);
  });

  it('cancelling the question cancels the start', async () => {
    await computer.addUser('anna', { mfa: true });
    const started = await computer.atTerminal(
      ['start', 'anna'],
      [{ after: 'anna', type: '\u0003' }],
    );
    expect(started).toMatchObject({ code: 130 });
    expect(started.stdout).toMatch(/Cancelled\.\r?\nWhat waited for the answer is cancelled too\./);
    expect(await computer.json('session', 'show', 'anna')).toMatchObject({ status: 'inactive' });
    expect(await computer.json('prompt', 'list')).toEqual([]);
  });

  it('asks again if AWS refuses the code', async () => {
    const { mfaSerial = '' } = await computer.addUser('anna', { mfa: true });
    const started = await computer.atTerminal(
      ['start', 'anna'],
      [
        { after: 'MFA code for anna: ', type: '000000\r' },
        {
          after: 'AWS refused that MFA code',
          type: async () => `${await computer.admin.mfaCode(mfaSerial)}\r`,
        },
      ],
    );
    expect(started).toMatchObject({ code: 0 });
    expect(started.stdout).toContain('anna is active');
  });

  it('without a name, lists the sessions that can start', async () => {
    await computer.addUser('anna');
    await computer.addUser('ben');
    const started = await computer.atTerminal(
      ['start'],
      [
        { after: 'Which session?', type: 'ben' },
        { after: '❯ ben', type: '\r' },
      ],
    );
    expect(started).toMatchObject({ code: 0 });
    expect(started.stdout).toContain('ben is active');
    expect((await computer.stint(['stop'])).code).toBe(2);
  });

  it('writes the keys to a file that only the user can read, under a marker, as botocore reads them', async () => {
    const { sessionId } = await computer.addUser('anna');
    await computer.stint(['start', 'anna']);
    const { mode } = await stat(computer.scratch.credentialsFile);
    expect(mode & 0o777).toBe(0o600);
    const file = await readFile(computer.scratch.credentialsFile, 'utf8');
    expect(file.startsWith(mine)).toBe(true);
    const keys = await callOwner(computer.scratch, 'GET', `/v1/sessions/${sessionId}/credentials`);
    expect(file).toContain(keys.json<{ SecretAccessKey: string }>().SecretAccessKey);
  });
});
