import { expect, it } from 'vitest';
import { callerPid } from '../../../src/cli/environment/caller-pid.ts';

it('names the process that runs a command, but not one outside of the container', () => {
  expect(callerPid()).toBe(String(process.ppid));
  expect(callerPid(0)).toBeUndefined();
});
