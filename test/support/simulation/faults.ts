import { Problem } from '../../../src/models/problem.ts';
import type { MachineClock } from '../../../src/services/clock/clock.ts';
import type { SessionRunner } from '../../../src/services/sessions/session-runner.ts';
import type { SimulatedMachine } from './machine.ts';

/**
 * What a broken Stint would do, to prove that the simulation notices: it renews at the moment of expiry,
 * it renews as soon as it has renewed, it waits for hours after a failed renewal, it counts by the clock that
 * people set, or it ends runs long after their maximum.
 */
export const faults = [
  'no-margin',
  'endless-margin',
  'slow-retries',
  'wall-clock',
  'late-ends',
] as const;

export type Fault = (typeof faults)[number];

/** The margin comes from the lifetime that a service says it granted: both in seconds. */
export function statedLifetime(lifetime: number, fault: Fault | undefined): number {
  if (fault === 'no-margin') return 0;
  return fault === 'endless-margin' ? 3 * lifetime : lifetime;
}

/** The machine by which Stint counts what has passed. */
export function countedBy(machine: SimulatedMachine, fault: Fault | undefined): MachineClock {
  if (fault !== 'wall-clock') return machine;
  return {
    bootId: machine.bootId,
    now: () => machine.now(),
    uptime: () => machine.now() - machine.switchedOn,
    after: (milliseconds, callback) => machine.after(milliseconds, callback),
  };
}

const slowly = 6 * 3_600_000;

/** Each renewal that fails keeps the next ones of its session from the service for six hours. */
export function retrySlowly(runner: SessionRunner, machine: SimulatedMachine): void {
  const rotate = runner.rotate.bind(runner);
  const notBefore = new Map<string, number>();
  runner.rotate = async (sessionId, by) => {
    if (machine.time < (notBefore.get(sessionId) ?? 0)) {
      throw new Problem('cloud-unreachable', { detail: 'It is not asked yet.', next: 'Wait.' });
    }
    try {
      return await rotate(sessionId, by);
    } catch (error) {
      notBefore.set(sessionId, machine.time + slowly);
      throw error;
    }
  };
}

/** A run whose maximum is reached ends half an hour after it was to end. */
export function endLate(runner: SessionRunner, machine: SimulatedMachine): void {
  const end = runner.end.bind(runner);
  const notBefore = new Map<string, number>();
  runner.end = async (sessionId, how, then) => {
    const earliest = notBefore.get(sessionId) ?? machine.time + 30 * 60_000;
    notBefore.set(sessionId, earliest);
    if (how.reason === 'max-duration' && machine.time < earliest) {
      throw new Problem('internal', { detail: 'It is not ended yet.', next: 'Wait.' });
    }
    notBefore.delete(sessionId);
    return await end(sessionId, how, then);
  };
}
