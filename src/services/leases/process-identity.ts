import { readFileSync } from 'node:fs';
import { isAlive } from '../files/living-process.ts';

export interface ProcessIdentity {
  readonly pid: number;
  /** When it started, in the platform's own words; undefined where the platform does not say. */
  readonly pidStart: string | undefined;
}

export function identify(pid: number): ProcessIdentity {
  return { pid, pidStart: statOf(pid)?.startTime };
}

/** Whether that very process still runs: not another with its pid, nor only its exit code. */
export function isRunning({ pid, pidStart }: ProcessIdentity): boolean {
  if (!isAlive(pid)) return false;
  const stat = statOf(pid);
  if (stat === undefined) return true;
  return stat.state !== 'Z' && (pidStart === undefined || stat.startTime === pidStart);
}

/** Linux, proc_pid_stat(5): fields 3 and 22; the name in parentheses may hold anything. */
function statOf(pid: number): { readonly state: string; readonly startTime: string } | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'latin1');
    const [state = '', ...rest] = text.slice(text.lastIndexOf(')') + 2).split(' ');
    const startTime = rest[18];
    return startTime === undefined ? undefined : { state, startTime };
  } catch {
    return undefined;
  }
}
