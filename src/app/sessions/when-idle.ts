/** So many between two looks at how much time is left. */
const atOnce = 20;
/** The least time left for more of it, in milliseconds. */
const enough = 2;

/**
 * Does the work for each item while the browser has nothing else to do, and does nothing where it cannot tell
 * (Safari). Returns what leaves out the rest.
 */
export function eachWhenIdle<T>(items: readonly T[], work: (item: T) => void): () => void {
  if (!('requestIdleCallback' in globalThis)) return () => undefined;
  let at = 0;
  const step = (deadline: IdleDeadline) => {
    while (at < items.length && deadline.timeRemaining() > enough) {
      for (const item of items.slice(at, at + atOnce)) work(item);
      at += atOnce;
    }
    if (at < items.length) handle = requestIdleCallback(step);
  };
  let handle = requestIdleCallback(step);
  return () => {
    cancelIdleCallback(handle);
  };
}
