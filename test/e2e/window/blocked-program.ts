import { execFileSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** A program that runs until it is released, however long the page takes to show it: `cat` of an empty pipe. */
export function blockedProgram(folder: string): {
  readonly command: readonly string[];
  readonly release: () => Promise<void>;
} {
  const pipe = join(folder, 'pipe');
  execFileSync('mkfifo', [pipe]);
  return {
    command: ['cat', pipe],
    release: () => writeFile(pipe, ''),
  };
}
