import { execFileSync } from 'node:child_process';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { computerForEachTest } from './computer.ts';

const root = join(import.meta.dirname, '..', '..', '..');

/** A Node of the machine that is older than Stint needs, where there is one. */
const olderNode = ['/usr/bin/node', '/usr/local/bin/node'].find((node) => {
  try {
    return Number.parseInt(execFileSync(node, ['--version'], { encoding: 'utf8' }).slice(1)) < 24;
  } catch {
    return false;
  }
});

/** The command alone: neither built nor with its packages. */
async function bareCommand(use: (command: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'stint-bare-'));
  try {
    await cp(join(root, 'bin'), join(folder, 'bin'), { recursive: true });
    await cp(join(root, 'package.json'), join(folder, 'package.json'));
    await use(join(folder, 'bin', 'stint.js'));
  } finally {
    await rm(folder, { recursive: true });
  }
}

describe('the command on the machine’s own Node', () => {
  const computer = computerForEachTest();

  it.runIf(olderNode !== undefined)(
    'restarts with the Node among its packages, exit codes and pipes included',
    async () => {
      const node = String(olderNode);
      const added = await computer.stint(['session', 'add', '--from-json', '-'], {
        node,
        input: JSON.stringify({ type: 'awsIamUser', sessionName: 'anna', region: 'eu-west-1' }),
      });
      expect(added).toMatchObject({ code: 0, stderr: 'Added anna with profile anna.\n' });
      expect((await computer.stint(['start', 'nobody'], { node })).code).toBe(3);
    },
  );

  it.runIf(olderNode !== undefined)('says which Node it needs if its packages have none', () =>
    bareCommand(async (command) => {
      const ran = await computer.stint(['--version'], { node: String(olderNode), command });
      expect(ran).toMatchObject({ code: 1, stdout: '' });
      expect(ran.stderr).toMatch(/^Stint needs Node 24 or later; this is Node \d+\.\d+\.\d+\.\n$/);
    }),
  );

  it('says how to build Stint if it is not built', () =>
    bareCommand(async (command) => {
      expect(await computer.stint(['--version'], { command })).toMatchObject({
        code: 1,
        stderr: 'Stint is not built yet. Run: npm run build\n',
      });
    }));
});
