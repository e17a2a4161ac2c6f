import { describe, expect, it } from 'vitest';
import { computerForEachTest } from './computer.ts';

describe('the help', () => {
  const computer = computerForEachTest();

  it('starts no agent', async () => {
    expect(await computer.stint(['session', '--help'])).toMatchObject({ code: 0, stderr: '' });
    expect((await computer.stint(['agent', 'status'])).code).toBe(5);
  });

  it('is named by an incomplete command, which ends with 2', async () => {
    for (const args of [
      [],
      ['session'],
      ['prompt'],
      ['frob'],
      ['start', '--frob'],
      ['credentials'],
    ]) {
      const ran = await computer.stint(args);
      expect([args, ran.code, ran.stdout]).toEqual([args, 2, '']);
      expect(ran.stderr).toContain('help');
    }
  });

  it('shows the fields of a session, each as a flag', async () => {
    const { stdout } = await computer.stint(['session', 'add', 'awsIamUser', '--help']);
    for (const flag of ['--mfa-serial', '--delivery', '--on-demand', '--max-leases']) {
      expect(stdout).toContain(flag);
    }
  });

  it('tells the version', async () => {
    const { stdout } = await computer.stint(['--version']);
    expect(stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
    expect((await computer.stint(['-v'])).stdout).toBe(stdout);
    const checked = await computer.stint(['version', '--check']);
    expect(checked).toMatchObject({ code: 0, stdout });
    expect(checked.stderr).toBe(
      'Stint does not look for newer releases. This version names no address where newer releases are published.\n',
    );
  });
});
