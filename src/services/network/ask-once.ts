import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { answerTo } from './answer-to.ts';
import { throughProxy } from './proxy-failure.ts';
import type { Route } from './route.ts';

/** What a host answered; a redirect is not followed. */
export interface ShortAnswer {
  readonly status: number;
  readonly location: string | undefined;
}

/**
 * Asks a host for a page with a method that sends nothing, and reads only how it begins to answer.
 * Throws what the network throws, ProxyFailure, and the signal's reason.
 */
export async function askOnce(
  url: string,
  {
    method,
    route,
    patience,
    signal,
  }: {
    readonly method: 'HEAD' | 'GET';
    readonly route: Route;
    /** How long the answer may take, in milliseconds. */
    readonly patience: number;
    readonly signal: AbortSignal;
  },
): Promise<ShortAnswer> {
  const isHttp = new URL(url).protocol === 'http:';
  const limit = AbortSignal.any([signal, AbortSignal.timeout(patience)]);
  try {
    const options = {
      method,
      agent: isHttp ? route.httpAgent : route.httpsAgent,
      signal: limit,
    };
    const answer = await answerTo(isHttp ? requestHttp(url, options) : requestHttps(url, options));
    answer.destroy();
    return { status: answer.statusCode ?? 0, location: answer.headers.location };
  } catch (error) {
    signal.throwIfAborted();
    throw throughProxy(limit.aborted ? limit.reason : error, route.proxy);
  }
}
