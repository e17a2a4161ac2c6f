import { z } from 'zod';
import type { AwsSsoIntegration } from '../../../models/integration.ts';
import type { Clock } from '../../clock/clock.ts';
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
  /** Start URL, region and scopes. */
  madeFor: z.string(),
});

/** Where Identity Center sends the browser back to: any port of this machine (RFC 8252 §7.3). */
export const redirectPath = '/oauth/callback';

export const deviceGrant = 'urn:ietf:params:oauth:grant-type:device_code';

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

const nameOf = (integrationId: string) => `integration/${integrationId}/registration`;

/** Calls with a registered client: the one in the vault while it is valid, else a new one. */
export async function withRegistration<T>(
  {
    secrets,
    clock,
    write,
  }: {
    readonly secrets: SecretStore;
    readonly clock: Clock;
    /** Writes unless the sign-in was ended meanwhile. */
    readonly write: (work: () => Promise<void>) => Promise<void>;
  },
  { sdk, client }: OidcConnection,
  integration: AwsSsoIntegration,
  call: (registration: Registration) => Promise<T>,
): Promise<T> {
  const name = nameOf(integration.integrationId);
  const madeFor = JSON.stringify([integration.startUrl, integration.region, scopesOf(integration)]);
  const kept = await readCached(secrets, name, keptSchema);
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
      grantTypes: ['authorization_code', 'refresh_token', deviceGrant],
      redirectUris: [`http://127.0.0.1${redirectPath}`],
      issuerUrl: integration.startUrl,
    }),
  );
  const registration = {
    clientId: answer.clientId ?? '',
    clientSecret: answer.clientSecret ?? '',
    expiresAt: (answer.clientSecretExpiresAt ?? 0) * 1000,
    madeFor,
  };
  await write(() => secrets.set(name, JSON.stringify(registration)));
  return await call(registration);
}

export async function dropRegistration(secrets: SecretStore, integrationId: string): Promise<void> {
  await secrets.delete(nameOf(integrationId));
}
