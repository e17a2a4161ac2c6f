import { eachTime, ifThere, type Client } from '../client.ts';

export const awsCli: Client = {
  name: 'AWS CLI',
  proof: 'arn',
  stays: false,
  find: (machine) =>
    ifThere(machine, ['aws', '--version'], {
      asker: ({ stsEndpoint }) =>
        eachTime(['aws', 'sts', 'get-caller-identity', '--endpoint-url', stsEndpoint]),
    }),
};
