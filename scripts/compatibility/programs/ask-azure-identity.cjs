// node ask-azure-identity.cjs FOLDER CREDENTIAL RESOURCE…: a token for each resource, for each line of input.
const { createInterface } = require('node:readline');
const [folder, name, ...resources] = process.argv.slice(2);
const identity = require(require.resolve('@azure/identity', { paths: [folder] }));

const credential = new identity[name]();
createInterface({ input: process.stdin }).on('line', async () => {
  let failed = 0;
  for (const resource of resources) {
    try {
      console.log((await credential.getToken(`${resource}/.default`)).token);
    } catch ({ message }) {
      failed = 1;
      console.log(message.replaceAll('\n', ' '));
    }
  }
  console.log(`\u001E${failed}`);
});
