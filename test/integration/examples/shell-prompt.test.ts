import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { agentWithSession, type AgentWithSession } from './agent-with-session.ts';

const run = promisify(execFile);
const folder = join(import.meta.dirname, '..', '..', '..', 'docs', 'examples', 'shell-prompt');

let owner: AgentWithSession;

beforeAll(async () => {
  owner = await agentWithSession();
});
afterAll(async () => {
  await owner.close();
});

/** A shell that shows its prompt once, as a person sees it, after a command that ended with 3. */
const shells = {
  bash: [
    '--noprofile',
    '--norc',
    '-c',
    'PS1="mine $ "; . "$PROMPT_FILE"; (exit 3); eval "$PROMPT_COMMAND"; echo "status $?"; printf "%s\\n" "${PS1@P}"',
  ],
  zsh: [
    '-f',
    '-c',
    'PROMPT="mine $ "; . "$PROMPT_FILE"; (exit 3); for f in $precmd_functions; do $f; done; echo "status 3"; print -P "$PROMPT"',
  ],
  fish: [
    '--no-config',
    '-c',
    'function fish_prompt; echo "status $status"; echo "mine \\$ "; end; source $PROMPT_FILE; sh -c "exit 3"; fish_prompt',
  ],
} as const satisfies Readonly<Record<string, readonly string[]>>;

type Shell = keyof typeof shells;
const installed = (shell: Shell) => spawnSync(shell, ['--version']).error === undefined;

async function promptIn(shell: Shell): Promise<string> {
  const { stdout } = await run(shell, shells[shell], {
    env: {
      PATH: process.env['PATH'],
      HOME: owner.home,
      STINT_HOME: owner.home,
      STINT_PROMPT_NODE: process.execPath,
      PROMPT_FILE: join(folder, `stint-prompt.${shell}`),
    },
  });
  return stdout;
}

describe.each(Object.keys(shells) as Shell[])('the example prompt in %s', (shell) => {
  test.runIf(installed(shell))(
    'shows active sessions with the time left, and else nothing',
    async () => {
      const { client, sessionId: id } = owner;
      const calm = await promptIn(shell);
      expect(calm).toContain('mine $ ');
      expect(calm).not.toContain('[');
      await client.request('POST', '/v1/sessions/{id}/start', { path: { id } });
      // It would rather show nothing than keep a person waiting, so on a busy machine it takes a few.
      let active = '';
      await expect
        .poll(async () => (active = await promptIn(shell)))
        .toMatch(/\[payments (11|12)h\] /);
      expect(active).toContain('mine $ ');
      expect(active).toContain('status 3');
      await client.request('POST', '/v1/sessions/{id}/stop', { path: { id } });
    },
  );
});

test('the example prompt shows nothing, and does not fail, without an agent', async () => {
  await owner.endAgent();
  for (const shell of (Object.keys(shells) as Shell[]).filter(installed)) {
    expect(await promptIn(shell)).not.toContain('[');
  }
});
