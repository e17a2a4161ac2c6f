/** What a page notes about itself; times in milliseconds since its navigation. */
export interface Probe {
  /** When all sessions were listed; rejects where that takes too long. */
  listed(): Promise<number>;
  /** The first contentful paint; rejects where there is none. */
  firstPaint(): Promise<number>;
  /** The starts of the frames since the last call. */
  takeFrames(): readonly number[];
  /**
   * Waits for an event of this type, and then for the first frame that shows something else. `list`: how many
   * rows are listed, in which order, and the first of them; `echo`: what the empty page repeats.
   */
  watch(type: string, shown: 'list' | 'echo'): void;
  /** What `watch` has waited for: from the event to that frame. */
  answer(): Promise<number>;
}

declare global {
  var stintBench: Probe;
}

/**
 * Runs in the page before its own scripts. A frame counts as shown once its work on the page's own thread is
 * done; other threads paint it then, at the next refresh of the screen. `sessions`: how many there are to list.
 */
export function installProbe(sessions: number): void {
  const patience = 60_000;
  const waiting = new Set<(now: number) => boolean>();
  let frames: number[] = [];
  // A message that is sent in a frame arrives when the frame is done.
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = () => {
    const now = performance.now();
    for (const isOver of waiting) if (isOver(now)) waiting.delete(isOver);
  };
  const onFrame = (start: number) => {
    frames.push(start);
    if (waiting.size > 0) port2.postMessage(undefined);
    requestAnimationFrame(onFrame);
  };
  requestAnimationFrame(onFrame);

  const inTime = <T>(what: string, promise: Promise<T>): Promise<T> =>
    Promise.race([
      promise,
      new Promise<never>((_, reject) => {
        setTimeout(() => {
          reject(new Error(`${what}: not within ${patience} ms.`));
        }, patience);
      }),
    ]);
  const firstFrame = (isShown: () => boolean) =>
    new Promise<number>((resolve) => {
      waiting.add((now) => {
        if (!isShown()) return false;
        resolve(now);
        return true;
      });
    });
  const readings = {
    echo: () => document.querySelector('output')?.textContent ?? '',
    list: () => {
      const grid = document.querySelector('[role="grid"]');
      const heads = [...document.querySelectorAll('[role="columnheader"]')];
      return [
        grid?.getAttribute('aria-rowcount'),
        ...heads.map((head) => head.getAttribute('aria-sort')),
        document.querySelector('stint-session-row')?.textContent,
      ].join('|');
    },
  };
  const listed = firstFrame(() => {
    const grid = document.querySelector('[role="grid"]');
    return Number(grid?.getAttribute('aria-rowcount')) > sessions;
  });
  const painted = new Promise<number>((resolve) => {
    const observer = new PerformanceObserver((list) => {
      const [entry] = list.getEntriesByName('first-contentful-paint');
      if (entry !== undefined) resolve(entry.startTime);
    });
    observer.observe({ type: 'paint', buffered: true });
  });
  let answered: Promise<number> | undefined;
  globalThis.stintBench = {
    listed: () => inTime('All sessions listed', listed),
    firstPaint: () => inTime('The first paint', painted),
    takeFrames() {
      const taken = frames;
      frames = [];
      return taken;
    },
    watch(type, shown) {
      const read = readings[shown];
      const before = read();
      answered = new Promise((resolve) => {
        const onEvent = async ({ timeStamp }: Event) => {
          resolve((await firstFrame(() => read() !== before)) - timeStamp);
        };
        addEventListener(type, (event) => void onEvent(event), { capture: true, once: true });
      });
    },
    answer: () => inTime('The answer', answered ?? Promise.reject(new Error('Not watched.'))),
  };
}
