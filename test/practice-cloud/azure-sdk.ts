import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { AzureEndpoints } from '../../practice-cloud/azure.ts';

interface Told {
  readonly token: string;
  readonly subscriptions: readonly string[];
}

/** Runs `azure-sdk-program.ts` in a separate process, behind the practice cloud's proxy. */
export async function azureSdk(
  { azureProxy, azureCaFile }: AzureEndpoints,
  environment: Readonly<Record<string, string>>,
): Promise<Told> {
  const program = join(import.meta.dirname, 'azure-sdk-program.ts');
  const { stdout } = await promisify(execFile)(process.execPath, [program], {
    env: { ...environment, HTTPS_PROXY: azureProxy, NODE_EXTRA_CA_CERTS: azureCaFile },
  });
  return JSON.parse(stdout) as Told;
}
