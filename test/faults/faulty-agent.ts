import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  callOwner,
  stintCommand,
  type Answer,
  type ScratchComputer,
} from '../support/agent-process.ts';

/** The first one before the second, which counts what it writes. */
const preloads = ['derive-once.cjs', 'pause-at-step.cjs'].flatMap((name) => [
  '--require',
  join(import.meta.dirname, name),
]);

/** An agent that can be halted at any write, fsync, rename or removal it makes. */
export interface FaultyAgent {
  call(method: string, path: string, body?: unknown): Promise<Answer>;
  /** Counts steps from now on, and halts the process at number `stopAt`. */
  arm(stopAt: number, half: boolean): Promise<void>;
  /** From the `failFrom`-th step on everything that writes fails, as on a full or a read-only disk. */
  failWrites(code: 'ENOSPC' | 'EROFS', failFrom: number): Promise<void>;
  /** The disk works again, and nothing is counted. */
  heal(): Promise<void>;
  /** The step at which it halted; undefined if the work was done before. */
  hit(work: Promise<unknown>): Promise<string | undefined>;
  /** Every step since it was armed. */
  steps(): Promise<readonly string[]>;
  kill(): Promise<void>;
}

function spawnFaulty(computer: ScratchComputer): ChildProcess {
  return spawn(process.execPath, [...preloads, stintCommand, 'agent'], {
    env: { ...computer.env, STINT_FAULT_FOLDER: computer.folder },
    cwd: computer.folder,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

async function emptyControl(computer: ScratchComputer): Promise<string> {
  const control = join(computer.folder, 'fault');
  await rm(control, { recursive: true, force: true });
  await mkdir(control);
  return control;
}

/** Resolves once the agent serves; rejects with what it said if it ends before. */
async function serving(child: ChildProcess): Promise<void> {
  let said = '';
  await new Promise<void>((resolve, reject) => {
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      said += text;
      if (said.includes('is running')) resolve();
    });
    child.once('exit', (code) => {
      reject(new Error(`the agent ended with ${String(code)}: ${said}`));
    });
  });
}

async function killed(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGKILL');
  await gone;
}

/** Waits for the step at which an agent was to halt; undefined if `work` is done before. */
async function hitIn(control: string, work: Promise<unknown>): Promise<string | undefined> {
  const reached = join(control, 'hit');
  const ended = Promise.allSettled([work]).then(() => 'ended' as const);
  const aMoment = () => new Promise<'waited'>((resolve) => setTimeout(resolve, 3, 'waited'));
  while (!existsSync(reached)) {
    if ((await Promise.race([ended, aMoment()])) === 'ended') return undefined;
  }
  return await readFile(reached, 'utf8');
}

/** Kills an agent at a step of its start, which repairs what the one before left; undefined if it has fewer. */
export async function killWhileStarting(
  computer: ScratchComputer,
  stopAt: number,
  half: boolean,
): Promise<string | undefined> {
  const control = await emptyControl(computer);
  await writeFile(join(control, 'armed.json'), JSON.stringify({ stopAt, half, order: 1 }));
  const child = spawnFaulty(computer);
  try {
    return await hitIn(control, serving(child));
  } finally {
    await killed(child);
  }
}

export async function startFaultyAgent(computer: ScratchComputer): Promise<FaultyAgent> {
  const control = await emptyControl(computer);
  const child = spawnFaulty(computer);
  let orders = 0;
  const order = async (what: object) => {
    orders += 1;
    // Whole or not at all: the agent reads it at every step.
    const file = join(control, 'armed.json');
    await writeFile(`${file}.new`, JSON.stringify({ ...what, order: orders }));
    await rename(`${file}.new`, file);
  };
  await serving(child);
  return {
    call: (method, path, body) => callOwner(computer, method, path, body),
    arm: (stopAt, half) => order({ stopAt, half }),
    failWrites: (code, failFrom) => order({ code, failFrom }),
    heal: () => rm(join(control, 'armed.json'), { force: true }),
    hit: (work) => hitIn(control, work),
    async steps() {
      const log = await readFile(join(control, 'steps.log'), 'utf8').catch(() => '');
      return log.split('\n').filter((line) => line !== '');
    },
    kill: () => killed(child),
  };
}
