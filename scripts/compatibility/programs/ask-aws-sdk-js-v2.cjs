// node ask-aws-sdk-js-v2.cjs FOLDER: who AWS says it is, again for each line of standard input.
const { createInterface } = require('node:readline');
process.env.AWS_SDK_JS_SUPPRESS_MAINTENANCE_MODE_MESSAGE = '1';
const { STS } = require(require.resolve('aws-sdk', { paths: [process.argv[2]] }));

const client = new STS({ endpoint: process.env.PRACTICE_STS, region: 'eu-west-1' });
createInterface({ input: process.stdin }).on('line', () =>
  client.getCallerIdentity({}, (error, answer) => {
    if (error === null) console.log(`${answer.Arn}\n\u001E0`);
    else console.log(`${error.code}: ${error.message}\n\u001E1`);
  }),
);
