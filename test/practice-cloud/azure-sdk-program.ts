import { SubscriptionClient } from '@azure/arm-resources-subscriptions';
import { EnvironmentCredential } from '@azure/identity';

/*
 * A program as anybody writes it with the Azure SDK: nothing in it knows of the practice cloud. Who it
 * is, the proxy and the CA are in its environment.
 */

const endpoint = process.env['RESOURCE_MANAGER'] ?? '';
const scopes = [`${endpoint}/.default`];
const credential = new EnvironmentCredential();
const { token } = await credential.getToken(scopes);
const client = new SubscriptionClient(credential, { endpoint, credentials: { scopes } });
const subscriptions: (string | undefined)[] = [];
for await (const { displayName } of client.subscriptions.list()) subscriptions.push(displayName);
console.log(JSON.stringify({ token, subscriptions }));
