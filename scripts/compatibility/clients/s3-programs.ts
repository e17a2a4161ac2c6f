import { join } from 'node:path';
import { eachTime, ifThere, type Client } from '../client.ts';

/*
 * Programs that know S3 and nothing else: the stand-in for S3 sees whose key signed.
 */

const hostOf = (url: string) => new URL(url).host;

export const rclone: Client = {
  name: 'rclone',
  proof: 'signature',
  stays: false,
  find: (machine) =>
    ifThere(machine, ['rclone', 'version'], {
      asker: ({ signatureEndpoint }) =>
        eachTime([
          ...['rclone', 'lsd', '--retries', '1', '--low-level-retries', '1'],
          `:s3,env_auth=true,provider=Other,region=eu-west-1,endpoint="${signatureEndpoint}":`,
        ]),
    }),
};

const minio =
  'Its library (minio-go) reads `credential_process` from the credentials file only. Use `exec`.';

export const restic: Client = {
  name: 'restic',
  proof: 'signature',
  stays: false,
  reasons: { 'exec --process': minio, credential_process: minio },
  find: (machine) =>
    ifThere(machine, ['restic', 'version'], {
      asker: ({ signatureEndpoint }) =>
        eachTime([
          ...['timeout', '20', 'restic', '-r', `s3:${signatureEndpoint}/bucket`],
          ...['-o', 's3.region=eu-west-1', '--no-cache', 'cat', 'config'],
        ]),
      env: { RESTIC_PASSWORD: 'practice' },
    }),
};

const ownChain = (chain: string) => ({
  exec: `${chain} Use \`env --static\`.`,
  'exec --process': `${chain} Use \`env --static\`.`,
  env: `${chain} Use \`env --static\`.`,
  credential_process: `${chain} Use \`env --static\`.`,
});

export const s3cmd: Client = {
  name: 's3cmd',
  proof: 'signature',
  stays: false,
  reasons: {
    ...ownChain('It asks only environment keys, the credentials file and EC2, by its own code.'),
    'credentials-file':
      '2.4 fails on Python 3.13 itself (`readfp`) when it reads the file. Use `env --static`.',
  },
  find: (machine) =>
    ifThere(machine, ['s3cmd', '--version'], {
      asker: ({ signatureEndpoint }) => {
        const host = hostOf(signatureEndpoint);
        const where = [`--host=${host}`, `--host-bucket=${host}`, '--no-ssl', '--region=eu-west-1'];
        return eachTime(['timeout', '20', 's3cmd', 'ls', ...where]);
      },
    }),
};

export const s4cmd: Client = {
  name: 's4cmd',
  proof: 'signature',
  stays: false,
  find: (machine) =>
    ifThere(machine, ['s4cmd', '--version'], {
      asker: ({ signatureEndpoint }) =>
        eachTime(['s4cmd', 'ls', '--retry=1', `--endpoint-url=${signatureEndpoint}`]),
    }),
};

export const duplicity: Client = {
  name: 'duplicity',
  proof: 'signature',
  stays: false,
  find: (machine) =>
    ifThere(machine, ['duplicity', '--version'], {
      asker: ({ signatureEndpoint }) =>
        eachTime([
          ...['timeout', '30', 'duplicity', 'collection-status', '--no-encryption'],
          ...[`--s3-endpoint-url=${signatureEndpoint}`, '--num-retries=1', 'boto3+s3://bucket/x'],
        ]),
    }),
};

export const hugo: Client = {
  name: 'hugo deploy',
  proof: 'signature',
  stays: false,
  find: (machine) =>
    ifThere(machine, ['hugo', 'version'], {
      asker: ({ inputs }) =>
        eachTime(['hugo', 'deploy', '--dryRun', '-s', join(inputs, 'hugo-site')]),
    }),
};

export const dockerRegistry: Client = {
  name: 'docker-registry (S3 storage)',
  proof: 'signature',
  stays: false,
  reasons: ownChain('It builds its own chain: keys, the credentials file, EC2.'),
  find: (machine) =>
    ifThere(machine, ['docker-registry', '--version'], {
      asker: ({ inputs }) =>
        eachTime([
          ...['timeout', '30', 'docker-registry', 'garbage-collect'],
          join(inputs, 'docker-registry.yml'),
        ]),
    }),
};
