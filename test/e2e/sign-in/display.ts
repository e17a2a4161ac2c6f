import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { onTestFinished } from 'vitest';

/** A display that nobody looks at, for one test; its `DISPLAY`. Rejects where Xvfb is not installed. */
export async function scratchDisplay(): Promise<string> {
  const args = ['-displayfd', '1', '-screen', '0', '1024x768x24', '-nolisten', 'tcp'];
  const server = spawn('Xvfb', args, { stdio: ['ignore', 'pipe', 'ignore'] });
  onTestFinished(() => {
    server.kill();
  });
  const missing = once(server, 'error').then(() => {
    throw new Error('Xvfb is not on PATH; Debian has it in the package xvfb.');
  });
  const [line] = (await Promise.race([once(createInterface(server.stdout), 'line'), missing])) as [
    string,
  ];
  return `:${line}`;
}
