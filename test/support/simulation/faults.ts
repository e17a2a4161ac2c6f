import { Problem } from '../../../src/models/problem.ts';
import type { MachineClock } from '../../../src/services/clock/clock.ts';
import type { SessionRunner } from '../../../src/services/sessions/session-runner.ts';
import type { SimulatedMachine } from './machine.ts';

/**
 * What a broken Stint would do, to prove that the simulation notices: it renews at the moment of expiry,
 * it renews as soon as it has renewed, it waits for hours after a failed renewal, or it counts by the clock that
 * people set.
 */
export const faults = ['no-margin', 'endless-margin', 'slow-retries', 'wall-clock'] as const;

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
