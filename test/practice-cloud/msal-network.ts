import type { INetworkModule, NetworkResponse } from '@azure/msal-node';
import { https, type HttpsOptions } from './azure.ts';
import type { Practice } from './practice.ts';

/** Microsoft's own library speaks to the practice cloud by this: it accepts no CA. */
export function msalNetwork(practice: Practice): INetworkModule {
  async function ask(url: string, options?: HttpsOptions): Promise<NetworkResponse<never>> {
    const { json, headers, status } = await https(practice, url, options);
    return { body: json as never, headers: headers as Record<string, string>, status };
  }
  return {
    sendGetRequestAsync: (url) => ask(url),
    sendPostRequestAsync: (url, options) =>
      ask(url, { form: Object.fromEntries(new URLSearchParams(options?.body)) }),
  };
}
