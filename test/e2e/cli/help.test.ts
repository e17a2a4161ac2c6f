import { describe, expect, it } from 'vitest';
import { computerForEachTest, type Computer } from './computer.ts';

/** The commands below `path`, as the help of their parent names them. */
async function commandsBelow(computer: Computer, path: readonly string[]): Promise<string[][]> {
  const { code, stdout, stderr } = await computer.stint([...path, '--help']);
  expect({ path, code, stderr }).toEqual({ path, code: 0, stderr: '' });
  expect(stdout).toMatch(new RegExp(`^Usage: stint${path.map((word) => ` ${word}`).join('')}\\b`));
  const names = stdout.split('\n\n').flatMap((block) => {
    if (
      !/^(Sessions|Use credentials|Where sessions come from|Stint itself|Commands|Types):$/m.test(
        block,
      )
    )
      return [];
    return [...block.matchAll(/^ {2}([\w-]+)/gm)].map(([, name]) => name as string);
  });
  return names.filter((name) => name !== 'help').map((name) => [...path, name]);
}

describe('the help', () => {
  const computer = computerForEachTest();

  it('names every command of this version and no other, and each has its own help', async () => {
    const found: string[] = [];
    const waiting = [...(await commandsBelow(computer, []))];
    for (let path = waiting.shift(); path !== undefined; path = waiting.shift()) {
      found.push(path.join(' '));
      waiting.push(...(await commandsBelow(computer, path)));
    }
    expect(found.sort()).toEqual([
      'agent',
      'agent start',
      'agent status',
      'agent stop',
      'credentials',
      'doctor',
      'env',
      'exec',
      'history',
      'idp',
      'idp add',
      'idp edit',
      'idp list',
      'idp remove',
      'integration',
      'integration add',
      'integration add awsSso',
      'integration add azure',
      'integration edit',
      'integration list',
      'integration login',
      'integration logout',
      'integration remove',
      'integration show',
      'integration sync',
      'prompt',
      'prompt answer',
      'prompt cancel',
      'prompt list',
      'rotate',
      'session',
      'session add',
      'session add awsIamRoleChained',
      'session add awsIamRoleFederated',
      'session add awsIamUser',
      'session add awsSsoRole',
      'session add azure',
      'session edit',
      'session forget',
      'session list',
      'session remove',
      'session show',
      'settings',
      'settings get',
      'settings set',
      'settings unset',
      'start',
      'stop',
      'support-bundle',
      'ui',
    ]);
    // Asking for help starts nothing.
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
    expect((await computer.stint(['--version'])).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  });
});
