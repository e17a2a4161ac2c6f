import { setTimeout as pause } from 'node:timers/promises';
import type { MfaDevice } from '../identity/mfa-device.ts';
import type { CloudState } from '../state.ts';
import { AdminRefusal } from './admin-refusal.ts';

/** Longest wait for a code that was not used yet. */
const longestCodeWait = 65_000;

/** Waits, as a person does, until the device shows a code that was not used yet. */
export async function freshCode(
  device: MfaDevice,
  state: CloudState,
  signal: AbortSignal,
): Promise<string> {
  const deadline = performance.now() + longestCodeWait;
  while (performance.now() < deadline) {
    const code = device.freshCode(state.now(), state.overrides.current.totpWindowSteps);
    if (code !== undefined) return code;
    await pause(50, undefined, { signal });
  }
  throw new AdminRefusal('No unused code came up; a larger totpWindowSteps brings one sooner.');
}
