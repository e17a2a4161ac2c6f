import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createAzureCliDelivery } from '../../src/services/delivery/azure-cli/delivery.ts';
import { systemClock } from '../../src/services/clock/clock.ts';
import { replaceFile } from '../../src/services/files/private-file.ts';
import type { SecretStore } from '../../src/services/vault/secret-store.ts';
import { replacing, azureCredentials, azureTarget } from '../support/scratch-azure-values.ts';

/** A vault in one plain file, written in the same steps as the real one. */
export function plainVault(file: string): SecretStore {
  const all = async () =>
    JSON.parse(await readFile(file, 'utf8').catch(() => '{}')) as Record<string, string>;
  return {
    get: async (name) => (await all())[name],
    set: async (name, value) => {
      await replaceFile(file, JSON.stringify({ ...(await all()), [name]: value }));
    },
    delete: async (name) => {
      const { [name]: gone, ...rest } = await all();
      if (gone !== undefined) await replaceFile(file, JSON.stringify(rest));
    },
    lacks: () => false,
    names: async () => Object.keys(await all()),
  };
}

export function workerDelivery(folder: string) {
  return createAzureCliDelivery({
    configDir: () => join(folder, '.azure'),
    journalFile: join(folder, 'stint', 'azure-cleanup.json'),
    secrets: plainVault(join(folder, 'stint', 'vault.json')),
    clock: systemClock,
  });
}

export async function work(folder: string, operation: string): Promise<void> {
  const delivery = workerDelivery(folder);
  if (operation === 'start') await delivery.write(azureTarget(1), azureCredentials(1), replacing);
  if (operation === 'rotate') await delivery.write(azureTarget(1), azureCredentials(2), replacing);
  if (operation === 'stop') await delivery.remove(azureTarget(1));
}

if (process.argv[1] === import.meta.filename) {
  await work(process.argv[2] ?? '', process.argv[3] ?? '');
}
