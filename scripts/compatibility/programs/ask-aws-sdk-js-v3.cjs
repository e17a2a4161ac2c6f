// node ask-aws-sdk-js-v3.cjs FOLDER: who AWS says it is, again for each line of standard input.
const { createInterface } = require('node:readline');
const folder = process.argv[2];
const sts = require(require.resolve('@aws-sdk/client-sts', { paths: [folder] }));

const client = new sts.STSClient({ endpoint: process.env.PRACTICE_STS });
createInterface({ input: process.stdin }).on('line', () =>
  client.send(new sts.GetCallerIdentityCommand({})).then(
    ({ Arn }) => console.log(`${Arn}\n\u001E0`),
    ({ name, message }) => console.log(`${name}: ${message}\n\u001E1`),
  ),
);
