import { spawn } from 'node:child_process';
import { setPriority } from 'node:os';

/** One command that has to end with 0. */
export interface Step {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
}

export interface StepOptions {
  /**
   * Runs beside something else: it gets the time that the other leaves, and its output is shown in
   * one piece when it has ended.
   */
  readonly inBackground?: boolean;
}

/** Runs the step and says how it ended; true where it passed. */
export async function run(
  { name, command, args }: Step,
  { inBackground = false }: StepOptions = {},
): Promise<boolean> {
  const started = performance.now();
  if (!inBackground) console.log(`\n— ${name}`);
  const child = spawn(command, args, { stdio: ['ignore', ...outputs(inBackground)] });
  const printed: Buffer[] = [];
  if (inBackground && child.pid !== undefined) setPriority(child.pid, 10);
  child.stdout?.on('data', (chunk: Buffer) => printed.push(chunk));
  child.stderr?.on('data', (chunk: Buffer) => printed.push(chunk));
  const code = await new Promise<number | null>((resolve) => {
    child.once('error', (error) => {
      printed.push(Buffer.from(`${error.message}\n`));
      resolve(null);
    });
    child.once('close', resolve);
  });
  if (code !== 0) process.stdout.write(Buffer.concat(printed));
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.log(`${code === 0 ? 'ok' : 'not ok'}: ${name} (${seconds} s)`);
  return code === 0;
}

/** Runs the steps one after the other, whether they pass or not. */
export async function runEach(
  steps: readonly Step[],
  options: StepOptions = {},
): Promise<readonly boolean[]> {
  const passed: boolean[] = [];
  for (const step of steps) passed.push(await run(step, options));
  return passed;
}

function outputs(inBackground: boolean) {
  return inBackground ? (['pipe', 'pipe'] as const) : (['inherit', 'inherit'] as const);
}
