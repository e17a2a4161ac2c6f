import { ifThere, type Client } from '../client.ts';
import { program } from '../program.ts';

export const boto3: Client = {
  name: 'boto3',
  proof: 'arn',
  stays: true,
  find: (machine) =>
    ifThere(machine, ['python3', '-c', 'import boto3; print(boto3.__version__)'], {
      asker: () => ['python3', program('ask-boto3.py')],
    }),
};
