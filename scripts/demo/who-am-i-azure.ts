import { SubscriptionClient } from '@azure/arm-resources-subscriptions';
import { DefaultAzureCredential } from '@azure/identity';

/*
 * What any program with the Azure SDK does: no credential is named, the SDK's own default chain finds
 * one. Prints as JSON the subscriptions that Resource Manager shows to it and what its token says, or
 * fails. The last of it, `uti`, is another one for each token.
 */
const endpoint = process.env['AZURE_RESOURCE_MANAGER_URL'] ?? 'https://management.azure.com';
const credential = new DefaultAzureCredential();
const subscriptions: (string | undefined)[] = [];
for await (const { displayName } of new SubscriptionClient(credential, {
  endpoint,
}).subscriptions.list()) {
  subscriptions.push(displayName);
}
const { token } = await credential.getToken('https://management.azure.com/.default');
const [, claims = ''] = token.split('.');
const { upn, tid, uti } = JSON.parse(Buffer.from(claims, 'base64url').toString('utf8')) as {
  readonly [name: string]: unknown;
};
console.log(JSON.stringify({ subscriptions, upn, tid, uti }));
