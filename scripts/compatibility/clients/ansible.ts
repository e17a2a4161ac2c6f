import { eachTime, ifThere, type Client } from '../client.ts';

export const ansible: Client = {
  name: 'Ansible amazon.aws',
  proof: 'arn',
  stays: false,
  find: (machine) =>
    ifThere(
      machine,
      ['ansible-galaxy', 'collection', 'list', 'amazon.aws'],
      {
        asker: ({ stsEndpoint }) => {
          const module = ['-m', 'amazon.aws.aws_caller_info', '-a', `endpoint_url=${stsEndpoint}`];
          return eachTime(['ansible', 'localhost', '-i', 'localhost,', '-c', 'local', ...module]);
        },
        env: { ANSIBLE_PYTHON_INTERPRETER: '/usr/bin/python3', ANSIBLE_LOCALHOST_WARNING: 'false' },
      },
      /amazon\.aws +(\d+\.\d+\.\d+)/,
    ),
};
