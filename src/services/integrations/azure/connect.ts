import type { HttpClient, PipelineResponse } from '@azure/core-rest-pipeline';
import { azureCloudAt, type AzureCloud } from '../../../models/azure-cloud.ts';
import type { AzureIntegration } from '../../../models/integration.ts';
import type { Settings } from '../../../models/settings.ts';
import type { ServerTime } from '../../clock/server-time.ts';
import { requestHandler, type Proxies } from '../../network/request-handler.ts';

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
  readonly httpClient: HttpClient;
  readonly trouble: () => Trouble | undefined;
  /** Ends its sockets. */
  close(): void;
}

export interface ConnectAzure {
  /** The cloud an integration signs in to; that of the settings for one that was removed. */
  cloudOf(integration: AzureIntegration | undefined): AzureCloud;
  /** Requests on the connection end with `signal`. */
  to(integration: AzureIntegration, signal: AbortSignal): Promise<AzureConnection>;
}

/** How long one answer may take, in milliseconds. */
const patience = 15_000;

/** Connects through the proxy and with the certificates of the settings. */
export function createAzureConnector(options: {
  readonly settings: () => Settings;
  readonly proxies: Proxies;
  readonly serverTime: ServerTime;
}): ConnectAzure {
  const cloudOf = (integration: AzureIntegration | undefined) => {
    const { azureAuthorityHost, azureResourceManagerUrl } = options.settings();
    return azureCloudAt(integration?.authorityHost ?? azureAuthorityHost, azureResourceManagerUrl);
  };
  const to = async (integration: AzureIntegration, signal: AbortSignal) => {
    const { createDefaultHttpClient } = await import('@azure/core-rest-pipeline');
    const { httpAgent, httpsAgent } = requestHandler(options.settings(), options.proxies);
    const inner = createDefaultHttpClient();
    let trouble: Trouble | undefined;
    const connection: AzureConnection = {
      cloud: cloudOf(integration),
      trouble: () => trouble,
      httpClient: {
        async sendRequest(request) {
          const { protocol, host } = new URL(request.url);
          // Set last, so that the settings win over the libraries' own proxy support.
          request.agent = protocol === 'http:' ? httpAgent : httpsAgent;
          request.timeout ||= patience;
          request.abortSignal = AbortSignal.any([
            signal,
            ...(request.abortSignal instanceof AbortSignal ? [request.abortSignal] : []),
          ]);
          try {
            const response = await inner.sendRequest(request);
            options.serverTime.observe(response.headers.get('date'));
            trouble = troubleOf(response, host);
            return response;
          } catch (error) {
            trouble = { kind: 'network', error, host };
            throw error;
          }
        },
      },
      close() {
        httpAgent.destroy();
        httpsAgent.destroy();
      },
    };
    return connection;
  };
  return { cloudOf, to };
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
