import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { errorText, exitCodeOf } from '../../src/cli/failure.ts';
import { runProgram } from '../../src/cli/program.ts';
import { scratchApi, type ScratchApi } from '../support/scratch-api.ts';
import { scriptedShell } from '../unit/cli/scripted-shell.ts';

let owner: ScratchApi;
let sessionId = '';

beforeAll(async () => {
  owner = await scratchApi();
  sessionId = (await owner.addUser('payments')).session.sessionId;
});
afterAll(async () => {
  await owner.close();
});

/** `stint token …` in this process, with pipes. */
async function token(args: readonly string[], input = '') {
  const shell = scriptedShell();
  Object.assign(shell.stdin, { isTTY: false });
  shell.type(input);
  (shell.stdin as unknown as NodeJS.WritableStream).end();
  let code = 0;
  let failure = '';
  const context = {
    shell,
    owner: { ...owner.client, running: owner.client },
    location: {} as never,
    version: '0.0.0',
    endWith: (ended: number) => (code ||= ended),
    continues: () => undefined,
  };
  try {
    await runProgram(['token', ...args], context);
  } catch (error) {
    code ||= exitCodeOf(error);
    failure = errorText(error);
  }
  await new Promise(setImmediate);
  return { code, stdout: shell.data(), stderr: shell.words() + failure };
}

const sessionsWith = (text: string) =>
  owner.ask('GET', '/v1/sessions', { headers: { authorization: `Bearer ${text}` } });

describe('stint token', () => {
  it('create prints the token alone on standard output, and it works', async () => {
    const made = await token(['create', '--name', 'ci', '--role', 'viewer', '--expires-in', '8h']);
    expect(made.code).toBe(0);
    expect(made.stdout).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+\n$/);
    expect(made.stderr).toContain('Stint does not show it again.');
    expect(made.stderr).not.toContain(made.stdout.trim());
    expect((await sessionsWith(made.stdout.trim())).status).toBe(200);
  });

  it('create binds a token to a session by its name, with scopes of its role', async () => {
    const flags = ['--session', 'paym', '--scope', 'credentials:read', '--json'];
    const made = await token(['create', '--name', 'tool', ...flags]);
    const { token: text } = JSON.parse(made.stdout) as { readonly token: string };
    const verified = await token(['verify', '--json'], `${text}\n`);
    expect(JSON.parse(verified.stdout)).toMatchObject({
      valid: true,
      subject: 'tool',
      role: 'credentials',
      scopes: ['credentials:read'],
      sessionId,
    });
  });

  it.each<[args: readonly string[], code: number, text: string]>([
    [['create', '--session', 'nobody'], 3, 'There is no session "nobody"'],
    [['create', '--role', 'king'], 2, '--role'],
    [['create', '--scope', 'everything'], 2, 'there is no scope "everything"'],
    [['create', '--role', 'viewer', '--scope', 'tokens:manage'], 2, '--scope must be scopes of'],
    [['create', '--expires-in', '31d'], 2, '--expires-in must be at most 30 d'],
    [['create', '--expires-in', 'long'], 2, '--expires-in: "long" is not a duration'],
    [['create', '--name', 'owner'], 2, '--name must not be “owner”'],
    [['revoke', 'nobody'], 3, 'There is no client token "nobody"'],
    [['verify'], 2, 'There is no token on standard input'],
    [['reset-key'], 2, 'Add --yes'],
  ])('%j is refused, and says why', async (args, code, text) => {
    const before = await owner.client.request('GET', '/v1/tokens');
    const ran = await token(args);
    expect(ran).toMatchObject({
      code,
      stdout: '',
      stderr: expect.stringContaining(text) as string,
    });
    expect(await owner.client.request('GET', '/v1/tokens')).toEqual(before);
  });

  it('verify says what a token allows, and ends with 1 for one that is not valid', async () => {
    const { stdout: text } = await token(['create', '--name', 'short', '--role', 'viewer']);
    const good = await token(['verify'], text);
    expect(good).toMatchObject({ code: 0, stderr: '' });
    expect(good.stdout).toMatch(/^valid: short, viewer, until 2.*\nscopes: sessions:read /);
    expect(await token(['verify'], 'a.b.c')).toMatchObject({ code: 1, stdout: '' });
  });

  it('revoke ends a token by its name, and the list says so', async () => {
    const { stdout: text } = await token(['create', '--name', 'leaked']);
    expect((await token(['revoke', 'leaked'])).code).toBe(0);
    expect((await sessionsWith(text.trim())).status).toBe(401);
    expect((await token(['revoke', 'leaked'])).code).toBe(3);
    const listed = await token(['list', '--columns', 'name,state']);
    expect(listed.stdout).toMatch(/^leaked +revoked$/m);
  });

  it('reset-key revokes all, and forgets them if asked to', async () => {
    const { stdout: text } = await token(['create', '--name', 'one']);
    expect((await token(['reset-key', '--yes'])).code).toBe(0);
    expect((await sessionsWith(text.trim())).status).toBe(401);
    expect((await token(['list'])).stdout).toMatch(/^one .*revoked/m);
    expect((await token(['reset-key', '--forget', '--yes'])).code).toBe(0);
    expect(await token(['list', '--json'])).toMatchObject({ code: 0, stdout: '[]\n' });
  });
});
