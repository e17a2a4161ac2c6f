import pMap from 'p-map';
import type { Subscription, SubscriptionClient } from '@azure/arm-resources-subscriptions';
import type { AccessToken } from '@azure/identity';
import type { AzureIntegration } from '../../../models/integration.ts';
import { Problem } from '../../../models/problem.ts';
import { azureFieldsSchema } from '../../../models/session-fields.ts';
import { allOf } from '../all-pages.ts';
import { cleanText } from '../../network/provider-text.ts';
import type { Offer, Offered, OnProgress } from '../source.ts';
import { azureProblem } from './azure-problem.ts';
import type { AzureConnection, ConnectAzure } from './connect.ts';
import type { AzureSignIn } from './sign-in.ts';

/** How many tenants are asked at a time. */
const atATime = 4;

/**
 * Tries of one call where Resource Manager throttles, which says itself how long to wait, or fails: then
 * they take at most 24 seconds, where the library's own pauses would take more than two minutes.
 */
const retryOptions = { maxRetries: 8, retryDelayInMs: 500, maxRetryDelayInMs: 4_000 };

/** Subscriptions in other states cannot be used (Azure Resource Manager, "Subscriptions - List", `state`). */
export const usableStates: ReadonlySet<string | undefined> = new Set([
  'Enabled',
  'Warned',
  'PastDue',
]);

interface Parts {
  readonly connect: ConnectAzure;
  readonly signIn: AzureSignIn;
}

/**
 * Lists the subscriptions of every tenant the account can reach. A tenant that refuses, for example by
 * a policy, is named in `skipped`. Throws Problem like `AzureSignIn.token`, and the
 * signal's reason.
 */
export async function listSubscriptions(
  parts: Parts,
  integration: AzureIntegration,
  signal: AbortSignal,
  onProgress: OnProgress,
): Promise<Offered> {
  const { connect, signIn } = parts;
  const what = `Azure for integration ${integration.name}`;
  const resource = connect.cloudOf(integration).managementResource;
  // The one call that may ask a person to sign in.
  const home = await signIn.token(integration, {
    tenantId: integration.tenantId,
    resource,
    signal,
  });
  const tenants = await asking(parts, integration, signal, home, async (client) => {
    const ids = await allOf(what, client.tenants.list().byPage(), ({ tenantId = '' }) =>
      isId(tenantId) ? tenantId : undefined,
    );
    return [...new Set(ids)];
  });
  const total = tenants.length;
  const bySubscription = new Map<string, Offer>();
  const skipped: string[] = [];
  let done = 0;
  onProgress({ total, done, found: 0 });
  await pMap(
    tenants,
    async (tenantId) => {
      try {
        const token = await signIn.silentToken(integration, { tenantId, resource, signal });
        await asking(parts, integration, signal, token, async (client) => {
          const listed = await allOf(what, client.subscriptions.list().byPage(), kept);
          for (const { subscriptionId, displayName, owner } of listed) {
            // One that is managed from another tenant too is reached through its own.
            if (owner !== tenantId && bySubscription.has(subscriptionId)) continue;
            bySubscription.set(subscriptionId, offered(tenantId, subscriptionId, displayName));
          }
        });
      } catch (error) {
        signal.throwIfAborted();
        if (!(error instanceof Problem) || error.code !== 'cloud-refused') throw error;
        skipped.push(tenantId);
      }
      done += 1;
      onProgress({ total, done, found: bySubscription.size });
    },
    { concurrency: atATime },
  );
  const sorted = [...bySubscription].sort(([one], [other]) => (one < other ? -1 : 1));
  return { offers: sorted.map(([, offer]) => offer), skipped: skipped.sort() };
}

/** Throws Problem for a subscription that does not exist, or that the account may not read. */
export async function readSubscription(
  parts: Parts,
  integration: AzureIntegration,
  { tenantId, subscriptionId }: { readonly tenantId: string; readonly subscriptionId: string },
  signal: AbortSignal,
): Promise<void> {
  const resource = parts.connect.cloudOf(integration).managementResource;
  const token = await parts.signIn.silentToken(integration, { tenantId, resource, signal });
  await asking(parts, integration, signal, token, async (client) => {
    await client.subscriptions.get(subscriptionId, { abortSignal: signal });
  });
}

const isId = (text: string) => azureFieldsSchema.shape.subscriptionId.safeParse(text).success;

/** Of one that can be used; undefined for others. */
function kept({ subscriptionId = '', displayName, state, tenantId }: Subscription) {
  if (!usableStates.has(state) || !isId(subscriptionId)) return undefined;
  return { subscriptionId, displayName: cleanText(displayName), owner: tenantId };
}

function offered(
  tenantId: string,
  subscriptionId: string,
  displayName: string | null | undefined,
): Offer {
  const subscriptionName = cleanText(displayName) ?? subscriptionId;
  return {
    sessionName: subscriptionName,
    fields: { tenantId, subscriptionId, subscriptionName },
  };
}

async function asking<T>(
  { connect }: Parts,
  integration: AzureIntegration,
  signal: AbortSignal,
  { accessToken, expiresAt }: { readonly accessToken: string; readonly expiresAt: number },
  work: (client: SubscriptionClient) => Promise<T>,
): Promise<T> {
  const sdk = await import('@azure/arm-resources-subscriptions');
  const connection: AzureConnection = await connect.to(integration, signal);
  const token: AccessToken = { token: accessToken, expiresOnTimestamp: expiresAt };
  try {
    return await work(
      new sdk.SubscriptionClient(
        { getToken: () => Promise.resolve(token) },
        {
          endpoint: connection.cloud.resourceManagerUrl,
          httpClient: connection.httpClient,
          retryOptions,
        },
      ),
    );
  } catch (error) {
    signal.throwIfAborted();
    throw azureProblem(error, integration, connection);
  } finally {
    connection.close();
  }
}
