import { readFileSync } from 'node:fs';
import { CommandFailure } from '../failure.ts';

/** A file that the person named. Throws CommandFailure 'usage' if it cannot be read. */
export function readTextFile(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new CommandFailure('usage', `Stint cannot read ${path}: ${(error as Error).message}`);
  }
}
