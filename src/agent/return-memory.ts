import { performance, PerformanceObserver } from 'node:perf_hooks';
import { getHeapSpaceStatistics, setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** What can be seen of this process, and done about it. */
export interface Memory {
  /** Bytes that V8 holds for new objects, used or not. */
  readonly forNewObjects: () => number;
  /** The share of the time since the last call in which the event loop did something, 0 to 1. */
  readonly busyShare: () => number;
  /** Calls `then` after each collection of garbage, only in which that grows. Returns what ends it. */
  readonly afterCollections: (then: () => void) => () => void;
  /** Frees what is unused. Everything else waits meanwhile. */
  readonly collect: () => void;
}

/** How long the process has to be quiet, in milliseconds. */
const wait = 2000;
/** What a process at rest may hold for new objects. V8 doubles it up to 128 MB and keeps that. */
const enough = 4 * 1024 * 1024;
/** A loop that does less than this waits for nobody. */
const quiet = 0.02;

/**
 * Returns memory to the system once nobody asks anything any more. V8 itself does so only when it
 * collects garbage, which an idle process does not need to. The result ends it.
 */
export function returnMemoryWhenQuiet(memory: Memory = processMemory()): () => void {
  let timer: NodeJS.Timeout | undefined;
  const check = () => {
    timer = undefined;
    if (memory.busyShare() >= quiet) checkSoon();
    else if (memory.forNewObjects() > enough) memory.collect();
  };
  const checkSoon = () => {
    if (timer !== undefined) return;
    memory.busyShare();
    timer = setTimeout(check, wait).unref();
  };
  const unobserve = memory.afterCollections(checkSoon);
  return () => {
    unobserve();
    clearTimeout(timer);
  };
}

function processMemory(): Memory {
  let before = performance.eventLoopUtilization();
  return {
    forNewObjects: () =>
      getHeapSpaceStatistics().find(({ space_name }) => space_name === 'new_space')?.space_size ??
      0,
    busyShare: () => {
      const now = performance.eventLoopUtilization();
      const { utilization } = performance.eventLoopUtilization(now, before);
      before = now;
      return utilization;
    },
    afterCollections: (then) => {
      const observer = new PerformanceObserver(then);
      observer.observe({ entryTypes: ['gc'] });
      return () => {
        observer.disconnect();
      };
    },
    collect: collectGarbage,
  };
}

/** `last-resort` also shrinks the space for new objects; a plain collection leaves it. */
function collectGarbage(): void {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as (options: {
    readonly type: 'major';
    readonly flavor: 'last-resort';
  }) => void;
  setFlagsFromString('--no-expose-gc');
  collect({ type: 'major', flavor: 'last-resort' });
}
