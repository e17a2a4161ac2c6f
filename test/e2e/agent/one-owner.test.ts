import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { build } from 'esbuild';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { commonJsProgram } from '../../../scripts/programs.ts';
import {
  callOwner,
  scratchComputer,
  startAgentProcess,
  stintCommand,
  type ScratchComputer,
} from '../../support/agent-process.ts';

let computer: ScratchComputer;

beforeEach(async () => {
  computer = await scratchComputer({});
});
afterEach(async () => {
  await callOwner(computer, 'POST', '/v1/owner/stop').catch(() => undefined);
  await computer.remove();
});

/** Starts an agent and waits for the line that reports the outcome. */
function agent(program = stintCommand) {
  const child = spawn(process.execPath, [program, 'agent'], {
    env: computer.env,
    cwd: computer.folder,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const exited = once(child, 'exit').then(([code]) => code as number);
  const said = new Promise<string>((resolve) => {
    let words = '';
    child.stderr.setEncoding('utf8').on('data', (piece: string) => {
      words += piece;
      if (words.includes('\n')) resolve(words);
    });
  });
  return { child, exited, said, rest: () => text(child.stderr) };
}

describe('two agents started at once', () => {
  it('agree on one owner; the other one names it and exits with 0', async () => {
    const both = [agent(), agent()];
    const said = await Promise.all(both.map((one) => one.said));
    const owner = said.findIndex((words) => words.includes('is running'));
    expect(said.filter((words) => words.includes('is running'))).toHaveLength(1);
    const other = both[1 - owner];
    const pid = both[owner]?.child.pid ?? 0;
    expect(said[1 - owner]).toBe(`owned by pid ${pid}, version 0.1.0\n`);
    expect(await other?.exited).toBe(0);
    const health = await callOwner(computer, 'GET', '/v1/healthz');
    expect(health.json()).toMatchObject({ pid });
  });

  it('ten of them agree on one owner too', async () => {
    const all = Array.from({ length: 10 }, () => agent());
    const said = await Promise.all(all.map((one) => one.said));
    expect(said.filter((words) => words.includes('is running'))).toHaveLength(1);
    expect(said.filter((words) => words.startsWith('owned by pid'))).toHaveLength(9);
  });
});

it('a socket that a killed owner left is taken over', async () => {
  const first = await startAgentProcess(computer);
  await first.kill('SIGKILL');
  const second = await startAgentProcess(computer);
  expect((await second.call('GET', '/v1/healthz')).json()).toMatchObject({ pid: second.pid });
});

describe('versions', () => {
  /** The agent built as another version. */
  async function versioned(version: string): Promise<string> {
    const dist = join(computer.folder, version);
    await mkdir(dist);
    await build({
      ...commonJsProgram(version),
      entryPoints: {
        stint: 'src/cli/main.ts',
        'all-commands': 'src/cli/all-commands.ts',
        agent: 'src/agent/main.ts',
      },
      outdir: dist,
      outExtension: { '.js': '.cjs' },
    });
    return join(dist, 'stint.cjs');
  }

  it('a newer one takes over from an older one, an older one leaves a newer one alone', async () => {
    const older = agent(await versioned('0.0.9'));
    expect(await older.said).toContain('0.0.9 is running');
    const added = await callOwner(computer, 'POST', '/v1/sessions', {
      type: 'awsIamUser',
      sessionName: 'anna',
      region: 'eu-west-1',
    });
    expect(added.status).toBe(201);

    const newer = agent(await versioned('0.2.0'));
    expect(await newer.said).toContain('0.2.0 is running');
    expect(await older.exited).toBe(0);
    const list = await callOwner(computer, 'GET', '/v1/sessions');
    expect(list.json<{ items: unknown[] }>().items).toHaveLength(1);

    const late = agent();
    expect(await late.said).toBe(`owned by pid ${newer.child.pid ?? 0}, version 0.2.0\n`);
    expect(await late.exited).toBe(0);
  });
});
