import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';

const folder = join(import.meta.dirname, '..', '..', '..', 'test-results');

/** An event of Chromium's trace (Trace Event Format); times in microseconds. */
export interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  readonly dur?: number;
  /** Time of the processor, of this thread alone. */
  readonly tdur?: number;
}

/** A task on the page's own thread, in milliseconds. */
export interface Task {
  readonly wall: number;
  readonly cpu: number;
}

/** The mark by which a trace tells which of its threads is the page's. */
export const pageMark = 'stint-bench';

/**
 * Does the work while Chromium traces it. The trace is kept as `test-results/bench-window-NAME.json`, for the
 * panel "Performance" of Chromium's developer tools. Returns the tasks of the page.
 */
export async function traced(
  {
    browser,
    page,
    name,
  }: { readonly browser: Browser; readonly page: Page; readonly name: string },
  work: () => Promise<void>,
): Promise<readonly Task[]> {
  await browser.startTracing(page, {
    categories: [
      'blink.user_timing',
      'devtools.timeline',
      'disabled-by-default-devtools.timeline',
      'toplevel',
    ],
  });
  let trace: Buffer;
  try {
    await page.evaluate((mark) => void performance.mark(mark), pageMark);
    await work();
  } finally {
    trace = await browser.stopTracing();
  }
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, `bench-window-${name}.json`), trace);
  const { traceEvents } = JSON.parse(trace.toString('utf8')) as {
    readonly traceEvents: readonly TraceEvent[];
  };
  return tasksOfPage(traceEvents);
}

/** The tasks of the thread that set the mark. */
export function tasksOfPage(events: readonly TraceEvent[]): readonly Task[] {
  const mark = events.find(({ name }) => name === pageMark);
  if (mark === undefined) throw new Error('The trace has no mark of the page.');
  return events
    .filter(
      ({ name, ph, pid, tid }) =>
        ph === 'X' && name.endsWith('RunTask') && pid === mark.pid && tid === mark.tid,
    )
    .map(({ dur = 0, tdur = 0 }) => ({ wall: dur / 1000, cpu: tdur / 1000 }));
}

/** The longest of them, in milliseconds of the processor: what else the machine does counts little. */
export function longest(tasks: readonly Task[]): number {
  return Math.max(...tasks.map(({ cpu }) => cpu));
}
