import * as z from 'zod';
import type { AwsSsoIntegration } from '../../../models/integration.ts';
import type { Clock } from '../../clock/clock.ts';
import { unusable } from '../../network/sdk-error.ts';
import { readCached } from '../../vault/read-secret.ts';
import type { SecretStore } from '../../vault/secret-store.ts';
import type { OidcConnection } from './connect.ts';
import { isClientRefused } from './sso-problem.ts';

/** Stint as a public client of one Identity Center instance. */
export interface Registration {
  readonly clientId: string;
  readonly clientSecret: string;
}

const keptSchema = z.object({
  clientId: z.string(),
  clientSecret: z.string(),
  /** Milliseconds since the epoch. */
  expiresAt: z.number(),
  /** Start URL as it was typed, region and scopes. */
  madeFor: z.string(),
});

/** The SDK checks no types. `clientSecretExpiresAt`: seconds since the epoch. */
const answerSchema = z.object({
  clientId: z.string().min(1),
  clientSecret: z.string().min(1),
  clientSecretExpiresAt: z.number().default(0),
});

/** Where Identity Center sends the browser back to: any port of this machine (RFC 8252 §7.3). */
export const redirectPath = '/oauth/callback';

export const deviceGrant = 'urn:ietf:params:oauth:grant-type:device_code';

/**
 * The grant a client is registered for. AWS refuses a client for both with InvalidScopeException or
 * 500 (https://github.com/synfinatic/aws-sso-cli/issues/1359, https://github.com/sorah/mairu/pull/18),
 * and the AWS CLI v2 registers one for each.
 */
export const clientGrantSchema = z.enum(['code', 'device']);
export type ClientGrant = z.infer<typeof clientGrantSchema>;

/**
 * Without this scope and the refresh grant, tokens last a fixed eight hours and cannot be renewed
 * (IAM Identity Center OIDC API Reference, "RegisterClient").
 */
const usualScopes: readonly string[] = ['sso:account:access'];

export function scopesOf({ scopes }: AwsSsoIntegration): readonly string[] {
  return scopes ?? usualScopes;
}

/** A registration is not used in its last hour, in milliseconds: a sign-in takes time. */
const reserve = 3_600_000;

/** Without a grant: the client for both, as an older Stint registered it; it is never registered again. */
const nameOf = (integrationId: string, grant: ClientGrant | undefined) =>
  `integration/${integrationId}/registration${grant === undefined ? '' : `-${grant}`}`;

/**
 * Calls with the client for `grant` that is in the vault while it is valid, else with a new one.
 * Without a grant: with the client that an older Stint registered for both.
 */
export async function withRegistration<T>(
  {
    secrets,
    clock,
    write,
    portal,
  }: {
    readonly secrets: SecretStore;
    readonly clock: Clock;
    /** Writes unless the sign-in was ended meanwhile. */
    readonly write: (work: () => Promise<void>) => Promise<void>;
    /** The access portal, which the start URL may only lead to. */
    readonly portal: () => Promise<string>;
  },
  { sdk, client }: OidcConnection,
  integration: AwsSsoIntegration,
  { grant, region }: { readonly grant: ClientGrant | undefined; readonly region: string },
  call: (registration: Registration) => Promise<T>,
): Promise<T> {
  const madeFor = JSON.stringify([integration.startUrl, region, scopesOf(integration)]);
  const kept = await readCached(secrets, nameOf(integration.integrationId, grant), keptSchema);
  if (kept?.madeFor === madeFor && kept.expiresAt - reserve > clock.now()) {
    try {
      return await call(kept);
    } catch (error) {
      if (!isClientRefused(error)) throw error;
    }
  }
  const answer = await client.send(
    new sdk.RegisterClientCommand({
      clientName: 'stint',
      clientType: 'public',
      scopes: [...scopesOf(integration)],
      ...(grant === 'code' ? codeClient(await portal()) : {}),
    }),
  );
  const { success, data } = answerSchema.safeParse(answer);
  if (!success) {
    const about = { service: 'AWS Identity Center', about: `integration ${integration.name}` };
    throw unusable({ why: 'it has no client that can be used' }, about);
  }
  const { clientId, clientSecret, clientSecretExpiresAt } = data;
  const registration = { clientId, clientSecret, expiresAt: clientSecretExpiresAt * 1000, madeFor };
  const name = nameOf(integration.integrationId, grant ?? 'device');
  await write(() => secrets.set(name, JSON.stringify(registration)));
  return await call(registration);
}

/** What the device grant must not carry (AWS CLI v2, `SSOTokenFetcher` and `SSOTokenFetcherAuth`). */
function codeClient(issuerUrl: string) {
  return {
    grantTypes: ['authorization_code', 'refresh_token'],
    redirectUris: [`http://127.0.0.1${redirectPath}`],
    issuerUrl,
  };
}

/** Drops the client that an older Stint registered, once a sign-in has its own client. */
export async function dropSharedRegistration(
  secrets: SecretStore,
  integrationId: string,
): Promise<void> {
  await secrets.delete(nameOf(integrationId, undefined));
}

export async function dropRegistrations(
  secrets: SecretStore,
  integrationId: string,
): Promise<void> {
  for (const grant of [undefined, ...clientGrantSchema.options]) {
    await secrets.delete(nameOf(integrationId, grant));
  }
}
