import { join } from 'node:path';
import { eachTime, ifThere, type Client } from '../client.ts';
import { npmVersions } from '../npm-packages.ts';

export const terraform: Client = {
  name: 'Terraform (S3 backend)',
  proof: 'signature',
  stays: false,
  find: (machine) =>
    ifThere(machine, ['terraform', 'version'], {
      asker: ({ inputs }) =>
        eachTime([
          ...['terraform', `-chdir=${join(inputs, 'terraform')}`, 'init'],
          ...['-reconfigure', '-input=false', '-no-color'],
        ]),
    }),
};

export const awsCdk: Client = {
  name: 'AWS CDK',
  proof: 'signature',
  stays: false,
  find: (machine) =>
    npmVersions['aws-cdk'].flatMap((version) => {
      const folder = machine.npmFolder('aws-cdk', version);
      if (folder === undefined) return [];
      const cdk = join(folder, 'node_modules', 'aws-cdk', 'bin', 'cdk');
      return [
        {
          version,
          from: 'npm',
          asker: ({ accountId }) =>
            eachTime([process.execPath, cdk, 'bootstrap', `aws://${accountId}/eu-west-1`]),
        },
      ];
    }),
};

const profileFirst = 'It expects keys in the profile that the lease names. Use `exec --process`.';

export const osls: Client = {
  name: 'osls (Serverless Framework)',
  proof: 'signature',
  stays: false,
  reasons: { exec: profileFirst, env: profileFirst },
  find: (machine) =>
    npmVersions.osls.flatMap((version) => {
      const folder = machine.npmFolder('osls', version);
      if (folder === undefined) return [];
      const command = join(folder, 'node_modules', 'osls', 'bin', 'serverless.js');
      return [
        {
          version,
          from: 'npm',
          asker: ({ inputs }) =>
            eachTime([
              ...['sh', '-c', 'cd "$1" && shift && exec "$@"', 'sh', join(inputs, 'serverless')],
              ...[process.execPath, command, 'info'],
            ]),
        },
      ];
    }),
};
