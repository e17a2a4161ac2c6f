import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Keys } from './practice.ts';

export interface CliAnswer {
  readonly code: number;
  /** What it printed as JSON; `undefined` when it refused. */
  readonly json: unknown;
  readonly stderr: string;
}

export const awsSts = (endpoint: string, keys: Keys, ...args: string[]): Promise<CliAnswer> =>
  aws({ AWS_ENDPOINT_URL_STS: endpoint, AWS_DEFAULT_REGION: 'eu-west-1' }, keys, 'sts', ...args);

/** IAM is signed for us-east-1; botocore does so only by itself where no endpoint URL is set. */
export const awsIam = (endpoint: string, keys: Keys, ...args: string[]): Promise<CliAnswer> =>
  aws({ AWS_ENDPOINT_URL_IAM: endpoint, AWS_DEFAULT_REGION: 'us-east-1' }, keys, 'iam', ...args);

/**
 * Runs the real AWS CLI in a separate home. Rejects with the reason when the
 * machine has no AWS CLI: skipping would leave the practice cloud judged by nothing but ourselves.
 */
async function aws(
  environment: Readonly<Record<string, string>>,
  keys: Keys,
  ...args: string[]
): Promise<CliAnswer> {
  const home = await mkdtemp(join(tmpdir(), 'practice-cli-'));
  try {
    return await new Promise<CliAnswer>((resolve, reject) => {
      execFile(
        'aws',
        [...args, '--output', 'json'],
        {
          env: {
            PATH: process.env['PATH'],
            HOME: home,
            ...environment,
            AWS_EC2_METADATA_DISABLED: 'true',
            AWS_MAX_ATTEMPTS: '1',
            AWS_ACCESS_KEY_ID: keys.accessKeyId,
            AWS_SECRET_ACCESS_KEY: keys.secretAccessKey,
            ...(keys.sessionToken === undefined ? {} : { AWS_SESSION_TOKEN: keys.sessionToken }),
          },
        },
        (error, stdout, stderr) => {
          if (error !== null && error.code === 'ENOENT') {
            reject(
              new Error('The AWS CLI is not on PATH; on Debian the package awscli brings it.'),
            );
            return;
          }
          const code = typeof error?.code === 'number' ? error.code : 0;
          resolve({
            code,
            json: code === 0 && stdout !== '' ? JSON.parse(stdout) : undefined,
            stderr,
          });
        },
      );
    });
  } finally {
    await rm(home, { recursive: true, force: true });
  }
}
