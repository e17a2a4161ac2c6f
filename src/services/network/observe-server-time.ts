import type { ServerTime } from '../clock/server-time.ts';

/** The part of an SDK client's middleware stack that is needed, the same for every client. */
interface AnyStack {
  add(
    middleware: (next: (args: never) => Promise<{ response: unknown }>) => unknown,
    options: { step: 'deserialize'; priority: 'low'; name: string },
  ): void;
}

/** Compares this machine's clock with the `Date` of each answer. */
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
