import type { Client } from '../client.ts';
import { npmVersions } from '../npm-packages.ts';
import { program } from '../program.ts';

export const awsSdkJsV2: Client = {
  name: 'AWS SDK for JavaScript v2',
  proof: 'arn',
  stays: true,
  find: (machine) =>
    npmVersions['aws-sdk'].flatMap((version) => {
      const folder = machine.npmFolder('aws-sdk', version);
      if (folder === undefined) return [];
      const asker = () => [process.execPath, program('ask-aws-sdk-js-v2.cjs'), folder];
      // Its own rule: it reads the config file only with this.
      return [{ version, from: 'npm', asker, env: { AWS_SDK_LOAD_CONFIG: '1' } }];
    }),
};

export const awsSdkJsV3: Client = {
  name: 'AWS SDK for JavaScript v3',
  proof: 'arn',
  stays: true,
  find: (machine) =>
    npmVersions['@aws-sdk/client-sts'].flatMap((version) => {
      const folder = machine.npmFolder('@aws-sdk/client-sts', version);
      if (folder === undefined) return [];
      return [
        {
          version,
          from: 'npm',
          asker: () => [process.execPath, program('ask-aws-sdk-js-v3.cjs'), folder],
        },
      ];
    }),
};
