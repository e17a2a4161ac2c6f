import type { ServerTime } from '../clock/server-time.ts';
import { exchange, type CloudAnswer } from './exchange.ts';
import type { Route } from './route.ts';
import { nameOf } from './sdk-error.ts';
import { UnusableAnswer } from './unusable-answer.ts';

/** A request as the AWS SDK builds it, as far as its clients here use it. */
interface AwsRequest {
  readonly protocol: string;
  readonly hostname: string;
  readonly port?: number;
  readonly path: string;
  readonly query?: Readonly<Record<string, string | readonly string[] | null>>;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
}

/** What an SDK client sends its requests with, instead of the handler of the SDK, which limits no answer. */
export function awsRequestHandler(route: Route, serverTime: ServerTime) {
  return {
    async handle(
      request: AwsRequest,
      { abortSignal = new AbortController().signal }: { abortSignal?: AbortSignal } = {},
    ) {
      const { method, headers, body } = request;
      const { status, ...answer }: CloudAnswer = await exchange(
        { url: urlOf(request), method, headers, body },
        { route, serverTime, signal: abortSignal },
      );
      return { response: { statusCode: status, ...answer } };
    },
    destroy: () => {
      route.close();
    },
    updateHttpClientConfig: () => undefined,
    httpHandlerConfigs: () => ({}),
  };
}

function urlOf({ protocol, hostname, port, path, query = {} }: AwsRequest): URL {
  // Added to a URL they would be read from it and written into it again, one by one.
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    for (const one of [value].flat()) parameters.append(name, one ?? '');
  }
  const search = parameters.size === 0 ? '' : `?${parameters.toString()}`;
  return new URL(`${protocol}//${hostname}${port === undefined ? '' : `:${port}`}${path}${search}`);
}

/** As much of an SDK client's middleware stack as is needed, the same for every client. */
interface AnyStack {
  add(
    middleware: (next: (args: never) => Promise<unknown>) => unknown,
    options: { step: 'deserialize'; priority: 'high'; name: string },
  ): void;
}

/**
 * Makes an UnusableAnswer of what the SDK cannot read: a page in HTML, JSON instead of XML, a time that
 * is none. An answer with HTTP 500 or more is a failure, worth another try.
 */
export function refuseUnreadable(stack: object, host: string): void {
  (stack as AnyStack).add(
    (next) => async (args: never) => {
      try {
        return await next(args);
      } catch (error) {
        const { $response, $fault } = error as {
          readonly $response?: { readonly statusCode?: number };
          readonly $fault?: unknown;
        };
        const status = $response?.statusCode;
        // The SDK marks what the service refused with `$fault`.
        if (status === undefined || status === 429 || status >= 500) throw error;
        if ($fault !== undefined && nameOf(error) !== 'Unknown') throw error;
        throw new UnusableAnswer(host, `it is not what this service says (HTTP ${status})`, error);
      }
    },
    { step: 'deserialize', priority: 'high', name: 'refuseUnreadable' },
  );
}
