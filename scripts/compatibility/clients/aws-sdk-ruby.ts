import { ifThere, type Client } from '../client.ts';
import { program } from '../program.ts';

const endpointRule =
  'Core 3.168 reads only relative addresses of an endpoint; 3.212 reads both. Use `exec --process`.';

export const awsSdkRuby: Client = {
  name: 'AWS SDK for Ruby (core)',
  proof: 'arn',
  stays: true,
  reasons: { exec: endpointRule, env: endpointRule },
  find: (machine) => {
    const version = 'require "aws-sdk-core"; puts Aws::CORE_GEM_VERSION';
    return ifThere(machine, ['ruby', '-e', version], {
      asker: () => ['ruby', program('ask-aws-sdk-ruby.rb')],
    });
  },
};
