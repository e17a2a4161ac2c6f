import { execFile } from 'node:child_process';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { aws } from './aws.ts';
import { computerForEachTest } from './computer.ts';
import { askingNode, askingPython, startProgram } from './running-program.ts';

const python = ['python3', '-uc', askingPython.at(-1) ?? ''];

describe('the delivery credential-process', () => {
  const mine = '; mine\r\n[default]\r\noutput = json\r\n[profile x]\r\nregion = us-east-1';
  const computer = computerForEachTest();
  const configFile = () => join(computer.scratch.folder, '.aws', 'config');

  /** As in a shell that knows nothing of Stint. */
  const shell = (profile: string) => {
    const { STINT_HOME: _, ...env } = computer.scratch.env;
    return { ...computer.scratch, env: { ...env, AWS_PROFILE: profile, AWS_MAX_ATTEMPTS: '1' } };
  };
  const asNode = (profile: string) =>
    new Promise<string>((resolve, reject) => {
      const [program = '', ...args] = askingNode;
      execFile(program, args, { env: shell(profile).env }, (error, stdout) => {
        if (error) reject(new Error(error.message));
        else resolve(stdout.trim());
      });
    });
  const asCli = async (profile: string) => {
    const { stdout, stderr } = await aws(shell(profile), 'sts', 'get-caller-identity');
    return stdout === '' ? `refused ${stderr}` : (JSON.parse(stdout) as { Arn: string }).Arn;
  };

  async function start(profile: string) {
    await writeFile(configFile(), mine);
    const user = await computer.addUser('anna');
    // With less than 15 minutes left botocore asks again at every request.
    const flags = ['--profile', profile, '--token-seconds', '900'];
    const delivery = ['--delivery', 'credential-process'];
    await computer.stint(['session', 'edit', user.sessionId, ...flags, ...delivery]);
    const started = await computer.stint(['start', 'anna', '--replace-section']);
    expect(started).toMatchObject({ code: 0 });
    return { ...user, said: started.stderr };
  }

  it('serves the AWS CLI, boto3 and the SDK for JavaScript: fresh, after a rotation, not after a stop', async () => {
    const { arn, said, accessKeyId, secretAccessKey } = await start('anna');
    expect(said).toMatch(/^anna is active, .* Use it: aws --profile anna …\n$/);
    const boto3 = startProgram(shell('anna'), python);
    const [before, first] = (await boto3.answerTo('who')).split(' ');
    expect([first, await asCli('anna'), await asNode('anna')]).toEqual([arn, arn, arn]);

    expect((await computer.stint(['rotate', 'anna'])).code).toBe(0);
    const [after, second] = (await boto3.answerTo('who')).split(' ');
    expect([second, await asCli('anna'), await asNode('anna')]).toEqual([arn, arn, arn]);
    expect(after).not.toBe(before);

    for (const name of await readdir(join(computer.scratch.folder, '.aws'))) {
      const text = await readFile(join(computer.scratch.folder, '.aws', name), 'latin1');
      for (const secret of [accessKeyId, secretAccessKey, before ?? '', after ?? '']) {
        expect(text).not.toContain(secret);
      }
    }
    expect((await computer.stint(['stop', 'anna'])).code).toBe(0);
    expect(await readFile(configFile(), 'latin1')).toBe(mine);
    expect(await asCli('anna')).toMatch(/refused .*anna/s);
    expect(await asNode('anna')).toMatch(/^refused /);
    // boto3 continues with its key until that is about to expire, and refuses in a new session.
    await expect(boto3.answerTo('again')).rejects.toThrow('profile (anna) could not be found');
  });

  it('serves tools that name no profile', async () => {
    const { arn } = await start('default');
    const { AWS_PROFILE: _, ...env } = shell('').env;
    const { stdout } = await aws({ ...computer.scratch, env }, 'sts', 'get-caller-identity');
    expect(JSON.parse(stdout)).toMatchObject({ Arn: arn });
    await computer.stint(['stop', 'anna']);
    expect(await readFile(configFile(), 'latin1')).toBe(mine);
  });

  it('of a published profile serves tools: a session on demand starts, and a removed one is gone', async () => {
    await writeFile(configFile(), mine);
    const anna = await computer.addUser('anna');
    await computer.addUser('other');
    await computer.stint(['session', 'edit', 'anna', '--on-demand']);
    const planned = await computer.stint(['profile', 'publish', '--all', '--dry-run']);
    expect(planned.stdout).toMatch(/^\+ \[profile anna\]$/m);
    expect(await readFile(configFile(), 'latin1')).toBe(mine);
    const published = await computer.stint(['profile', 'publish', '--all']);
    expect(published).toMatchObject({ code: 0, stdout: planned.stdout });
    expect(published.stderr).toContain('2 profiles published');

    expect(await asCli('anna')).toBe(anna.arn);
    expect(await asCli('other')).toMatch(/refused .*other is not active/s);
    const listed = await computer.json<{ profileName: string }[]>('profile', 'list', '--json');
    expect(listed).toMatchObject([
      { profileName: 'anna', published: true, sessions: [{ status: 'active' }] },
      { profileName: 'other', published: true, sessions: [{ status: 'inactive' }] },
    ]);
    // The keys in the credentials file are of the same session.
    expect((await computer.stint(['stop', 'anna'])).code).toBe(0);
    expect(await readFile(configFile(), 'latin1')).toContain('[profile anna]');
    expect((await computer.stint(['session', 'remove', 'other', '--yes'])).code).toBe(0);
    expect((await computer.stint(['profile', 'unpublish', '--all'])).code).toBe(0);
    expect(await readFile(configFile(), 'latin1')).toBe(mine);
    expect((await computer.stint(['profile', 'publish', 'nobody'])).code).toBe(3);
  });
});
