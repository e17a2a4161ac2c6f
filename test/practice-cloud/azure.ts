import { readFile } from 'node:fs/promises';
import { Agent, request as httpsRequest } from 'node:https';
import type { Practice } from './practice.ts';

export const azureCli = '04b07795-8ddb-461a-bbee-02f9e1bf7b46';
export const resourceManagerScope = 'https://management.azure.com/.default';

export interface HttpsAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly json: Readonly<Record<string, unknown>>;
}

/** A plain HTTPS client that trusts the practice cloud's CA and nobody else. */
export async function https(
  practice: Practice,
  url: string,
  options: {
    readonly form?: Readonly<Record<string, string>>;
    readonly headers?: Readonly<Record<string, string>>;
    readonly method?: string;
  } = {},
): Promise<HttpsAnswer> {
  const agent = new Agent({ ca: await readFile(practice.azure.azureCaFile, 'utf8') });
  const body = options.form === undefined ? '' : new URLSearchParams(options.form).toString();
  return await new Promise((resolve, reject) => {
    const request = httpsRequest(
      url,
      {
        agent,
        method: options.method ?? (options.form === undefined ? 'GET' : 'POST'),
        headers: {
          ...(options.form === undefined
            ? {}
            : { 'content-type': 'application/x-www-form-urlencoded' }),
          'content-length': Buffer.byteLength(body),
          ...options.headers,
        },
      },
      (answer) => {
        const chunks: Buffer[] = [];
        answer
          .on('data', (chunk: Buffer) => chunks.push(chunk))
          .on('end', () => {
            agent.destroy();
            const text = Buffer.concat(chunks).toString('utf8');
            resolve({
              status: answer.statusCode ?? 0,
              headers: answer.headers,
              json: (text === '' ? {} : JSON.parse(text)) as HttpsAnswer['json'],
            });
          });
      },
    );
    request.on('error', reject).end(body);
  });
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
    token,
    deviceCode,
    /** Signs in with a device code that is confirmed at once. */
    async signIn(tenant: string, userName: string, form: Readonly<Record<string, string>> = {}) {
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

/** What stands in a token, unverified. */
export function claimsOf(token: string): Readonly<Record<string, unknown>> {
  const [, payload = ''] = token.split('.');
  return JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')) as Readonly<
    Record<string, unknown>
  >;
}

/** The numbers of a refusal, its status and OAuth name. */
export function refusalOf({ status, json }: HttpsAnswer) {
  return { status, error: json['error'], code: (json['error_codes'] as number[] | undefined)?.[0] };
}
