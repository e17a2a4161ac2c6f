import { join } from 'node:path';
import { Problem } from '../../src/models/problem.ts';
import { createAwsCredentialsDelivery } from '../../src/services/delivery/aws-credentials/delivery.ts';
import { systemClock } from '../../src/services/clock/clock.ts';
import { replacing } from '../support/write-options.ts';
import { plainVault } from './azure-cli-worker.ts';

/** What another process does with `.aws/credentials` in a scratch folder, to be killed or confined. */
export function workerDelivery(folder: string, { inPlace }: { readonly inPlace: boolean }) {
  return createAwsCredentialsDelivery({
    credentialsFile: () => join(folder, '.aws', 'credentials'),
    configFile: () => join(folder, '.aws', 'config'),
    writesInPlace: () => inPlace,
    journalFile: join(folder, 'stint', 'cleanup.json'),
    secrets: plainVault(join(folder, 'stint', 'vault.json')),
    clock: systemClock,
    processLine: (sessionId) => `/usr/bin/node /opt/stint.cjs credentials ${sessionId}`,
  });
}

export const workerTarget = {
  kind: 'credentials',
  sessionId: '00000000-0000-4000-8000-000000000001',
  sessionName: 'dev',
  profileName: 'dev',
  region: 'eu-west-1',
} as const;

export function workerCredentials(seed: number) {
  return {
    accessKeyId: `ASIA${String(seed).padStart(16, 'X')}`,
    secretAccessKey: `secret/${seed}+${'k'.repeat(32)}`,
    sessionToken: `token/${seed}==${'t'.repeat(200 * seed)}`,
    expiration: '2099-01-01T00:00:00.000Z',
  };
}

export async function work(folder: string, operation: string, inPlace: boolean): Promise<void> {
  const delivery = workerDelivery(folder, { inPlace });
  if (operation === 'prepare') await delivery.prepare(workerTarget, replacing);
  if (operation === 'start') await delivery.write(workerTarget, workerCredentials(1), replacing);
  if (operation === 'rotate') await delivery.write(workerTarget, workerCredentials(2), replacing);
  if (operation === 'stop') await delivery.remove(workerTarget);
}

if (process.argv[1] === import.meta.filename) {
  const [, , folder = '', operations = '', writes] = process.argv;
  try {
    for (const one of operations.split(',')) await work(folder, one, writes === 'in-place');
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    console.log(`${error.message} ${error.details.next}`);
  }
}
