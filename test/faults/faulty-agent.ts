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

const preload = join(import.meta.dirname, 'pause-at-step.cjs');

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

export async function startFaultyAgent(computer: ScratchComputer): Promise<FaultyAgent> {
  const control = join(computer.folder, 'fault');
  await rm(control, { recursive: true, force: true });
  await mkdir(control);
  const child: ChildProcess = spawn(
    process.execPath,
    ['--require', preload, stintCommand, 'agent'],
    {
      env: { ...computer.env, STINT_FAULT_FOLDER: computer.folder },
      cwd: computer.folder,
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  let orders = 0;
  const order = async (what: object) => {
    orders += 1;
    // Whole or not at all: the agent reads it at every step.
    const file = join(control, 'armed.json');
    await writeFile(`${file}.new`, JSON.stringify({ ...what, order: orders }));
    await rename(`${file}.new`, file);
  };
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
  return {
    call: (method, path, body) => callOwner(computer, method, path, body),
    arm: (stopAt, half) => order({ stopAt, half }),
    failWrites: (code, failFrom) => order({ code, failFrom }),
    heal: () => rm(join(control, 'armed.json'), { force: true }),
    async hit(work) {
      const reached = join(control, 'hit');
      const ended = Promise.allSettled([work]).then(() => 'ended' as const);
      const aMoment = () => new Promise<'waited'>((resolve) => setTimeout(resolve, 3, 'waited'));
      while (!existsSync(reached)) {
        if ((await Promise.race([ended, aMoment()])) === 'ended') return undefined;
      }
      return await readFile(reached, 'utf8');
    },
    async steps() {
      const log = await readFile(join(control, 'steps.log'), 'utf8').catch(() => '');
      return log.split('\n').filter((line) => line !== '');
    },
    async kill() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const gone = once(child, 'exit');
      child.kill('SIGKILL');
      await gone;
    },
  };
}
