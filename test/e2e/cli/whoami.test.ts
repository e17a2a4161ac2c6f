import { describe, expect, it } from 'vitest';
import { stintCommand } from '../../support/agent-process.ts';
import { eventually } from '../../support/scratch-owner.ts';
import { computerForEachTest, type Ran } from './computer.ts';

describe('stint whoami', () => {
  const computer = computerForEachTest();
  /** It gives up on an agent that takes 2 s, which one on a busy machine may. */
  const answered = (ask: () => Promise<Ran>, code = 0) =>
    eventually(ask, (ran) => ran.code === code && !ran.stderr.includes('no agent answers'));

  it('says which session a shell has, however it got it, and 1 where it has none', async () => {
    await computer.addUser('anna');
    const nothing = await computer.stint(['whoami']);
    expect(nothing).toMatchObject({ code: 1, stdout: '' });
    expect(nothing.stderr).toContain('This shell has no session.');
    expect(await computer.stint(['whoami', '--short'])).toMatchObject({
      ...{ code: 1, stdout: '', stderr: '' },
    });

    const inside = (...words: readonly string[]) =>
      answered(() =>
        computer.stint(['exec', 'anna', '--', process.execPath, stintCommand, 'whoami', ...words]),
      );
    expect(await inside()).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(
        /^anna \(eu-west-1\), 1[12] h( \d+ min)? left, from AWS_CONTAINER_CREDENTIALS_FULL_URI\n$/,
      ) as string,
      stderr: '',
    });
    expect((await inside('--short')).stdout).toMatch(/^anna 1[12] h( \d+ min)?\n$/);
    const json = await inside('--json');
    expect(JSON.parse(json.stdout)).toMatchObject({
      items: [{ session: { sessionName: 'anna' }, lease: { kind: 'exec' } }],
    });
    expect(json.stdout).not.toMatch(/ASIA|AKIA/);

    await computer.stint(['start', 'anna']);
    const { profileName } = await computer.json<{ profileName: string }>('session', 'show', 'anna');
    const byProfile = { AWS_PROFILE: profileName };
    const whoami = (env: NodeJS.ProcessEnv) => computer.stint(['whoami'], { env });
    expect((await answered(() => whoami(byProfile))).stdout).toContain('from AWS_PROFILE');
    const inEnv = async (flag: string) => {
      const { stdout } = await computer.stint(['env', 'anna', flag, '--shell', 'json']);
      const variables = Object.entries(JSON.parse(stdout) as Record<string, string | null>);
      return Object.fromEntries(variables.map(([name, value]) => [name, value ?? undefined]));
    };
    const keys = await inEnv('--static');
    const byKeys = await answered(() => whoami(keys));
    expect(byKeys.stdout).toContain('from AWS_ACCESS_KEY_ID');
    expect(byKeys.stdout).not.toContain(keys['AWS_ACCESS_KEY_ID'] ?? '-');
    const leased = await inEnv('--process');
    expect((await answered(() => whoami(leased))).stdout).toContain('from AWS_CONFIG_FILE');
    await computer.stint(['stop', 'anna']);
    const ended = await answered(() => whoami(leased), 1);
    expect(ended).toMatchObject({ code: 1, stdout: '' });
    expect(ended.stderr).toContain('session anna, which has ended for this shell');
    await computer.stint(['agent', 'stop']);
    const without = await whoami(byProfile);
    expect(without).toMatchObject({ code: 1 });
    expect(without.stderr).toContain('stint agent start');
    // It starts nothing.
    expect((await computer.stint(['agent', 'status'])).code).toBe(5);
  });
});
