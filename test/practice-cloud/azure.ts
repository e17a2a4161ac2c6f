import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { Socket } from 'node:net';
import { connect } from 'node:tls';
import type { Practice } from './practice.ts';

export const azureCli = '04b07795-8ddb-461a-bbee-02f9e1bf7b46';
export const resourceManagerScope = 'https://management.azure.com/.default';

export interface HttpsAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly json: Readonly<Record<string, unknown>>;
}

export interface HttpsOptions {
  readonly form?: Readonly<Record<string, string>>;
  readonly json?: object;
  readonly headers?: Readonly<Record<string, string>>;
  readonly method?: string;
  readonly signal?: AbortSignal;
}

/**
 * A plain HTTPS client that trusts the practice cloud's CA and nobody else. Loopback addresses are asked
 * directly, every other host through the proxy.
 */
export async function https(
  { azure }: Pick<Practice, 'azure'>,
  url: string,
  {
    form,
    json,
    headers = {},
    method = form === undefined ? 'GET' : 'POST',
    signal,
  }: HttpsOptions = {},
): Promise<HttpsAnswer> {
  const { hostname, port } = new URL(url);
  const ca = await readFile(azure.azureCaFile, 'utf8');
  const socket =
    hostname === 'localhost'
      ? connect({ ca, host: hostname, port: Number(port), servername: hostname })
      : connect({
          ca,
          servername: hostname,
          socket: await tunnelTo(`${hostname}:443`, azure.azureProxy),
        });
  const body =
    form === undefined
      ? json === undefined
        ? ''
        : JSON.stringify(json)
      : new URLSearchParams(form).toString();
  const type =
    form === undefined
      ? json === undefined
        ? {}
        : { 'content-type': 'application/json' }
      : { 'content-type': 'application/x-www-form-urlencoded' };
  const request = httpsRequest(url, {
    createConnection: () => socket,
    method,
    ...(signal === undefined ? {} : { signal }),
    headers: { ...type, 'content-length': Buffer.byteLength(body), ...headers },
  });
  request.end(body);
  try {
    const [answer] = (await once(request, 'response')) as [IncomingMessage];
    const chunks = (await answer.toArray()) as Buffer[];
    const text = Buffer.concat(chunks).toString('utf8');
    return {
      status: answer.statusCode ?? 0,
      headers: answer.headers,
      json: (text === '' ? {} : JSON.parse(text)) as HttpsAnswer['json'],
    };
  } finally {
    socket.destroy();
  }
}

/** A connection through the proxy. Rejects with the status when it is refused. */
export async function tunnelTo(address: string, proxy: string): Promise<Socket> {
  const request = httpRequest(proxy, { method: 'CONNECT', path: address });
  request.end();
  const [answer, socket] = (await once(request, 'connect')) as [IncomingMessage, Socket];
  if (answer.statusCode === 200) return socket;
  socket.destroy();
  throw new Error(`The proxy answers ${String(answer.statusCode)} for ${address}.`);
}

/** Two tenants of one person: at home in the first, a guest in the second. */
export async function contoso(practice: Practice) {
  const { admin } = practice;
  const { tenantId } = await admin.createTenant({
    domain: 'contoso.example',
    displayName: 'Contoso',
  });
  const { tenantId: partnerId } = await admin.createTenant({
    domain: 'fabrikam.example',
    displayName: 'Fabrikam',
  });
  const userName = 'anna@contoso.example';
  const { password, objectId } = await admin.createEntraUser({
    tenant: tenantId,
    userName,
    displayName: 'Anna',
  });
  const { objectId: guestId } = await admin.inviteGuest({ tenant: partnerId, userName });
  return { tenantId, partnerId, userName, password, objectId, guestId };
}

export type Contoso = Awaited<ReturnType<typeof contoso>>;

/** A client of the token endpoint, as plain as a form. */
export function entra(practice: Practice) {
  const endpoint = (tenant: string, what: string) =>
    `${practice.azure.entraEndpoint}/${tenant}/oauth2/v2.0/${what}`;
  /** What the SDKs need to come here. */
  const options = async () => ({
    authorityHost: practice.azure.entraEndpoint,
    disableInstanceDiscovery: true,
    tlsOptions: { ca: await readFile(practice.azure.azureCaFile, 'utf8') },
  });
  const token = (tenant: string, form: Readonly<Record<string, string>>) =>
    https(practice, endpoint(tenant, 'token'), { form });
  const deviceCode = (tenant: string, form: Readonly<Record<string, string>> = {}) =>
    https(practice, endpoint(tenant, 'devicecode'), {
      form: {
        client_id: azureCli,
        scope: `${resourceManagerScope} openid profile offline_access`,
        ...form,
      },
    });
  return {
    options,
    token,
    deviceCode,
    /** Signs in with a device code that is confirmed at once. */
    signIn: async (
      tenant: string,
      userName: string,
      form: Readonly<Record<string, string>> = {},
    ): Promise<Readonly<Record<string, string>>> => {
      const begun = await deviceCode(tenant, form);
      await practice.admin.confirmDeviceCode({
        userCode: String(begun.json['user_code']),
        userName,
      });
      const answer = await token(tenant, {
        grant_type: 'device_code',
        client_id: form['client_id'] ?? azureCli,
        device_code: String(begun.json['device_code']),
        client_info: '1',
      });
      return answer.json as Readonly<Record<string, string>>;
    },
    refresh: (tenant: string, refreshToken: string, form: Readonly<Record<string, string>> = {}) =>
      token(tenant, {
        grant_type: 'refresh_token',
        client_id: azureCli,
        refresh_token: refreshToken,
        scope: `${resourceManagerScope} openid profile offline_access`,
        ...form,
      }),
  };
}

/** The number of Entra's refusal, its status and OAuth name; Resource Manager's code and words. */
export function refusalOf({ status, json }: HttpsAnswer) {
  const { error, error_codes: codes } = json as { error?: unknown; error_codes?: number[] };
  return codes === undefined ? { status, ...(error as object) } : { status, error, code: codes[0] };
}
