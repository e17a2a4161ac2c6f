import type { HttpClient, PipelineRequest, PipelineResponse } from '@azure/core-rest-pipeline';
import { azureCloudAt, type AzureCloud } from '../../../models/azure-cloud.ts';
import type { AzureIntegration } from '../../../models/integration.ts';
import type { ServerTime } from '../../clock/server-time.ts';
import { exchange } from '../../network/exchange.ts';
import type { Network } from '../../network/network.ts';
import { networkTries } from '../../network/network-tries.ts';
import { routeTo, type Route } from '../../network/route.ts';
import { codeOf, nameOf } from '../../network/sdk-error.ts';
import { UnusableAnswer } from '../../network/unusable-answer.ts';
import { requireReadable } from './readable-answer.ts';
import { withShortWaits } from './short-waits.ts';

/** What Entra ID answered where it refused (OAuth 2.0, RFC 6749 §5.2, with Entra's own members). */
export interface Refusal {
  readonly error: string;
  readonly description: string;
  /** The numbers of its AADSTS codes. */
  readonly codes: readonly number[];
  readonly claims?: string | undefined;
}

/** The last thing that went wrong on the way: the libraries on top keep little of it. */
export type Trouble =
  | { readonly kind: 'network'; readonly error: unknown; readonly host: string }
  | {
      readonly kind: 'status';
      readonly status: number;
      readonly host: string;
      /** In the service's own words, where it has any. */
      readonly message: string;
    }
  | { readonly kind: 'refused'; readonly refusal: Refusal };

/** A way to one of Azure's clouds, for one piece of work. */
export interface AzureConnection {
  readonly cloud: AzureCloud;
  /** By which its tokens expire. */
  readonly time: ServerTime;
  readonly httpClient: HttpClient;
  readonly trouble: () => Trouble | undefined;
  /** Who gave the last answer, if it was one that the libraries read. */
  readonly answeredBy: () => string | undefined;
  /** Ends its sockets. */
  close(): void;
}

export interface ConnectAzure {
  /** The cloud an integration signs in to; that of the settings for one that was removed. */
  cloudOf(integration: AzureIntegration | undefined): AzureCloud;
  /** Requests on the connection end with `signal`. */
  to(integration: AzureIntegration, signal: AbortSignal): Promise<AzureConnection>;
}

/** Connects through the proxy and with the certificates of the settings. */
export function createAzureConnector(options: Network): ConnectAzure {
  const cloudOf = (integration: AzureIntegration | undefined) => {
    const { azureAuthorityHost, azureResourceManagerUrl } = options.settings();
    return azureCloudAt(integration?.authorityHost ?? azureAuthorityHost, azureResourceManagerUrl);
  };
  const to = async (integration: AzureIntegration, signal: AbortSignal) => {
    const { createHttpHeaders, RestError } = await import('@azure/core-rest-pipeline');
    const routes = new Map<string, Route>();
    const routeOf = ({ origin }: URL) => {
      const { azureCaBundle, ...settings } = options.settings();
      const route =
        routes.get(origin) ??
        routeTo(
          origin,
          azureCaBundle === undefined ? settings : { ...settings, caBundle: azureCaBundle },
          options.proxies,
        );
      routes.set(origin, route);
      return route;
    };
    const cloud = cloudOf(integration);
    let trouble: Trouble | undefined;
    let answeredBy: string | undefined;
    let failures = 0;
    const time = options.times.of(azureTime(cloud));
    const connection: AzureConnection = {
      cloud,
      time,
      trouble: () => trouble,
      answeredBy: () => answeredBy,
      httpClient: {
        async sendRequest(request) {
          const url = new URL(request.url);
          const { host } = url;
          answeredBy = undefined;
          try {
            refuseForeign(request, url, cloud);
            const { status, headers, body } = await exchange(
              {
                url,
                method: request.method,
                headers: request.headers.toJSON({ preserveCase: true }),
                body: bodyOf(request),
              },
              {
                route: routeOf(url),
                serverTime: time,
                signal: AbortSignal.any([
                  signal,
                  ...(request.abortSignal instanceof AbortSignal ? [request.abortSignal] : []),
                ]),
              },
            );
            const response: PipelineResponse = {
              request,
              status,
              headers: createHttpHeaders(withShortWaits(headers)),
              bodyAsText: body.toString('utf8'),
            };
            requireReadable(response, host);
            trouble = troubleOf(response, host);
            answeredBy = host;
            failures = 0;
            return response;
          } catch (error) {
            trouble = { kind: 'network', error, host };
            failures += 1;
            const code = codeOf(error) || (nameOf(error) === 'TimeoutError' ? 'ETIMEDOUT' : '');
            if (failures < networkTries && code !== '') {
              throw new RestError(`${host} does not answer`, { code, request });
            }
            // Without a code the libraries do not retry.
            throw new Error(`${host} gives no answer that can be used`, { cause: error });
          }
        },
      },
      close() {
        for (const route of routes.values()) route.close();
      },
    };
    return connection;
  };
  return { cloudOf, to };
}

/** By which name the time of a cloud is kept. */
export function azureTime({ authorityHost }: AzureCloud): string {
  return `azure ${authorityHost}`;
}

/** The libraries follow the address of a next page wherever it leads, with the access token. */
function refuseForeign(
  { headers }: PipelineRequest,
  { origin, host }: URL,
  { resourceManagerUrl }: AzureCloud,
): void {
  const own = new URL(resourceManagerUrl);
  if (!headers.has('authorization') || origin === own.origin) return;
  throw new UnusableAnswer(own.host, `its next page is at another host, ${host}`);
}

/** What these libraries send: forms, as text. */
function bodyOf({ body }: PipelineRequest): string | undefined {
  if (body === undefined || body === null) return undefined;
  if (typeof body === 'string') return body;
  throw new TypeError('A request to Azure has a body that is not text');
}

/** Where a device code is not confirmed yet nothing is wrong (RFC 8628 §3.5). */
const waiting = new Set(['authorization_pending', 'slow_down']);

function troubleOf({ status, bodyAsText }: PipelineResponse, host: string): Trouble | undefined {
  if (status < 400) return undefined;
  const refusal = refusalIn(bodyAsText);
  if (refusal === undefined || status === 429 || status >= 500) {
    const message = refusal?.description ?? messageIn(bodyAsText);
    return { kind: 'status', status, host, message };
  }
  return waiting.has(refusal.error) ? undefined : { kind: 'refused', refusal };
}

/** Of the token endpoint; other answers have an `error` of another shape. */
function refusalIn(body: string | null | undefined): Refusal | undefined {
  try {
    const answer = JSON.parse(body ?? '') as Readonly<Record<string, unknown>>;
    const { error, error_description: description, error_codes: codes, claims } = answer;
    if (typeof error !== 'string') return undefined;
    return {
      error,
      description: typeof description === 'string' ? description : error,
      codes: Array.isArray(codes) ? codes.filter((code) => typeof code === 'number') : [],
      ...(typeof claims === 'string' ? { claims } : {}),
    };
  } catch {
    return undefined;
  }
}

/** Azure Resource Manager, "Error response": `{ error: { code, message } }`. */
function messageIn(body: string | null | undefined): string {
  try {
    const { error } = JSON.parse(body ?? '') as {
      readonly error: { readonly code?: unknown; readonly message?: unknown };
    };
    return [error.code, error.message].filter((part) => typeof part === 'string').join(': ');
  } catch {
    return '';
  }
}
