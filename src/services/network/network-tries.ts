import { httpStatusOf } from './sdk-error.ts';

/**
 * Tries of one call in a row that get no answer. The libraries' patience is meant for throttling: with it,
 * a dead proxy or a silent service would take minutes to be reported.
 */
export const networkTries = 3;

/** As much of an SDK's retry strategy as is needed (Smithy Reference Architecture, "Retries"). */
export interface RetryStrategy {
  acquireInitialRetryToken(scope: string): Promise<object>;
  /** Waits until the next try. Throws where there is none. */
  refreshRetryTokenForRetry(token: object, info: { readonly error?: unknown }): Promise<object>;
  recordSuccess(token: object): void;
}

/** `strategy`, which gives a call up after `networkTries` without an answer. */
export function withFewNetworkTries(strategy: RetryStrategy): RetryStrategy {
  const unanswered = new WeakMap<object, number>();
  return {
    acquireInitialRetryToken: (scope) => strategy.acquireInitialRetryToken(scope),
    async refreshRetryTokenForRetry(token, info) {
      const isAnswered = httpStatusOf(info.error) !== undefined;
      const tries = isAnswered ? 0 : (unanswered.get(token) ?? 0) + 1;
      if (tries >= networkTries) throw info.error;
      const next = await strategy.refreshRetryTokenForRetry(token, info);
      unanswered.set(next, tries);
      return next;
    },
    recordSuccess: (token) => {
      strategy.recordSuccess(token);
    },
  };
}
