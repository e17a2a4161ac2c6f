import { spawn, type SpawnOptions } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';

/*
 * On Windows `az`, `npm` and many others are .cmd files, which only the command interpreter runs
 * (Node, "Spawning .bat and .cmd files on Windows"). Here `process.platform` says Windows before
 * anything that reads it is loaded (so not among the unit tests, which share what they load), and the test records what
 * would be spawned.
 */

type Spawned = readonly [string, readonly string[], SpawnOptions];

const childProcess = createRequire(import.meta.url)('node:child_process') as { spawn: unknown };
const { platform } = process;
const spawned: Spawned[] = [];
let folder = '';

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'stint-windows-'));
  Object.defineProperty(process, 'platform', { value: 'win32' });
  childProcess.spawn = (...call: Spawned) => {
    spawned.push(call);
    return spawn(process.execPath, ['-e', '']);
  };
});
afterAll(() => {
  Object.defineProperty(process, 'platform', { value: platform });
  childProcess.spawn = spawn;
  rmSync(folder, { recursive: true, force: true });
});

it('runs a .cmd file found on the PATH, with its arguments quoted for the interpreter', async () => {
  writeFileSync(join(folder, 'az.CMD'), '@echo off\r\n');
  const { runProgram } = await import('../../../src/cli/lease/run-program.ts');
  const code = await runProgram(['az', 'group', 'list', '--query', '[?a==`b c`] & whoami'], {
    env: { PATH: folder, PATHEXT: '.COM;.EXE;.CMD', comspec: 'cmd.exe' },
    hasTerminal: false,
    report: () => undefined,
  });
  expect(code).toBe(0);
  expect(spawned).toHaveLength(1);
  const [command, args, { windowsVerbatimArguments }] = spawned[0] as Spawned;
  expect(command).toBe('cmd.exe');
  expect(args.slice(0, 3)).toEqual(['/d', '/s', '/c']);
  expect(args[3]).toMatch(/^"az \^"group\^" /);
  // The interpreter finds nothing in an argument to act on.
  expect(args[3]).toContain('^&^ whoami');
  expect(windowsVerbatimArguments).toBe(true);
});
