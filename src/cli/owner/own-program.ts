import { join } from 'node:path';
import { isSea } from 'node:sea';

/*
 * How Stint is run again: the one place that knows whether it is a single executable, which is its own
 * Node and its own scripts (single-executable/main.ts), or scripts that a Node runs.
 */

type Program = readonly [string, ...string[]];

/** The words that run this copy of `stint` again, without its arguments: an absolute program first. */
export const ownProgram: Program = isSea()
  ? [process.execPath]
  : [process.execPath, join(import.meta.dirname, 'stint.cjs')];

/** Programs that are not commands: Stint runs them beside itself. */
export type Helper = 'keychain-child' | 'remove-page';

/** The words that run one of Stint's helpers. */
export function helperProgram(helper: Helper): Program {
  return isSea()
    ? [process.execPath, '__helper', helper]
    : [process.execPath, join(import.meta.dirname, `${helper}.cjs`)];
}
