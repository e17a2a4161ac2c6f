import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Practice } from './practice.ts';

/** The real Azure CLI in a separate folder; it knows only the proxy and which CA to trust. */
export interface AzureCli {
  /** What it has for AZURE_CONFIG_DIR; made at its first call. */
  readonly configDir: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** What it printed as JSON. Rejects with its words when it refused. */
  run<T>(...args: string[]): Promise<T>;
  /** Starts it and hears what it says meanwhile, as a sign-in with a device code needs. */
  runHearing<T>(hear: (words: string) => void, ...args: string[]): Promise<T>;
  /** A secret as an argument that any program may see: the name of the file that contains it. */
  fileOf(secret: string): Promise<string>;
  remove(): Promise<void>;
}

/**
 * Rejects with the reason when the machine has no Azure CLI: skipping would leave the practice cloud
 * judged by nothing but ourselves. `where`: its AZURE_CONFIG_DIR, if it is not to have its own.
 */
export async function azureCliIn(
  practice: Pick<Practice, 'azure'>,
  where?: string,
): Promise<AzureCli> {
  const home = await mkdtemp(join(tmpdir(), 'practice-az-'));
  const configDir = where ?? join(home, 'azure');
  const env = {
    PATH: process.env['PATH'],
    HOME: home,
    AZURE_CONFIG_DIR: configDir,
    AZURE_CORE_COLLECT_TELEMETRY: 'false',
    AZURE_CORE_NO_COLOR: 'true',
    HTTPS_PROXY: practice.azure.azureProxy,
    HTTP_PROXY: practice.azure.azureProxy,
    REQUESTS_CA_BUNDLE: practice.azure.azureCaFile,
  };

  function runHearing<T>(hear: (words: string) => void, ...args: string[]): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      const child = execFile(
        'az',
        [...args, '--output', 'json'],
        { env },
        (error, stdout, stderr) => {
          if (error === null) resolve((stdout === '' ? undefined : JSON.parse(stdout)) as T);
          else if (error.code === 'ENOENT') {
            reject(
              new Error('The Azure CLI is not on PATH; on Debian the package azure-cli brings it.'),
            );
          } else reject(new Error(stderr));
        },
      );
      child.stderr?.setEncoding('utf8').on('data', hear);
    });
  }

  return {
    configDir,
    env,
    run: (...args) => runHearing(() => undefined, ...args),
    runHearing,
    async fileOf(secret) {
      const file = join(home, randomUUID());
      await writeFile(file, secret, { mode: 0o600 });
      return `@${file}`;
    },
    remove: () => rm(home, { recursive: true, force: true }),
  };
}
