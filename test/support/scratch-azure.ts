import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { AzureCredentials } from '../../src/models/credentials.ts';
import { createAzureCliDelivery } from '../../src/services/delivery/azure-cli/delivery.ts';
import { systemClock } from '../../src/services/clock/clock.ts';
import type { Delivery, SubscriptionTarget } from '../../src/services/delivery/delivery.ts';
import { OpenVault } from './scratch-delivery.ts';

export interface AzureScratch {
  /** Stint's home; everything else is below it. */
  readonly home: string;
  /** What az uses for AZURE_CONFIG_DIR. */
  readonly folder: string;
  readonly journalFile: string;
  readonly vault: OpenVault;
  readonly delivery: Delivery<SubscriptionTarget, AzureCredentials>;
  /** The next owner after a crash: same files, same vault, nothing in memory. */
  restarted(): Delivery<SubscriptionTarget, AzureCredentials>;
  readonly profile: ScratchFile;
  readonly cache: ScratchFile;
}

export interface ScratchFile {
  readonly path: string;
  /** Undefined if there is none. */
  text(): Promise<string | undefined>;
  json(): Promise<unknown>;
  write(text: string): Promise<void>;
}

export async function azureScratch(folder?: string): Promise<AzureScratch> {
  const home = await mkdtemp(join(tmpdir(), 'stint-azure-'));
  onTestFinished(() => rm(home, { recursive: true, force: true }));
  return azureScratchIn(home, folder ?? join(home, '.azure'));
}

export function azureScratchIn(home: string, folder: string): AzureScratch {
  const journalFile = join(home, 'azure-cleanup.json');
  const vault = new OpenVault();
  const restarted = () =>
    createAzureCliDelivery({
      configDir: () => folder,
      journalFile,
      secrets: vault,
      clock: systemClock,
    });
  return {
    home,
    folder,
    journalFile,
    vault,
    delivery: restarted(),
    restarted,
    profile: scratchFile(folder, 'azureProfile.json'),
    cache: scratchFile(folder, 'msal_token_cache.json'),
  };
}

function scratchFile(folder: string, name: string): ScratchFile {
  const path = join(folder, name);
  const text = () => readFile(path, 'utf8').catch(() => undefined);
  return {
    path,
    text,
    json: async () => JSON.parse((await text())?.replace(/^\ufeff/, '') ?? 'null') as unknown,
    async write(content) {
      await mkdir(folder, { recursive: true });
      await writeFile(path, content, { mode: 0o600 });
    },
  };
}

export * from './scratch-azure-values.ts';
