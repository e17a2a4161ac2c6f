import type { ServerTime } from '../clock/server-time.ts';

/** As much of an SDK client's middleware stack as is needed, whichever client it is. */
interface AnyStack {
  add(
    middleware: (next: (args: never) => Promise<{ response: unknown }>) => unknown,
    options: { step: 'deserialize'; priority: 'low'; name: string },
  ): void;
}

/** Has each answer's `Date` tell how far the clocks differ. */
export function observeServerTime(stack: object, serverTime: ServerTime): void {
  (stack as AnyStack).add(
    (next) => async (args: never) => {
      const result = await next(args);
      const { headers } = result.response as { headers?: Record<string, string> };
      serverTime.observe(headers?.['date']);
      return result;
    },
    { step: 'deserialize', priority: 'low', name: 'observeServerDate' },
  );
}
