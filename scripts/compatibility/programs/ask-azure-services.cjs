// node ask-azure-services.cjs FOLDER: the subscriptions that Resource Manager shows, for each line of input.
const { createInterface } = require('node:readline');
const load = (name) => require(require.resolve(name, { paths: [process.argv[2]] }));
const { DefaultAzureCredential } = load('@azure/identity');
const { SubscriptionClient } = load('@azure/arm-resources-subscriptions');

const client = new SubscriptionClient(new DefaultAzureCredential());
createInterface({ input: process.stdin }).on('line', async () => {
  try {
    const names = [];
    for await (const { displayName } of client.subscriptions.list()) names.push(displayName);
    console.log(`subscriptions: ${names.join(', ')}\n\u001E0`);
  } catch ({ message }) {
    console.log(`${message.replaceAll('\n', ' ')}\n\u001E1`);
  }
});
