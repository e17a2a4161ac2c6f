import type { AzureCloud } from '../../models/azure-cloud.ts';
import type { AzureSession } from '../../models/session.ts';
import type { HomePaths } from '../files/home.ts';
import { isAwsCredentials, type AzureCredentials } from '../../models/credentials.ts';
import { Problem } from '../../models/problem.ts';
import type { ElapsedTime } from '../clock/elapsed-time.ts';
import type { Log } from '../log/log.ts';
import type { RunCredentials } from '../sessions/run-credentials.ts';
import { AzureConfigFolders } from './azure-config-folders.ts';
import { LeaseRepository } from './lease-repository.ts';
import { LeaseDatabase } from './lease-database.ts';
import type { LeaseParts } from './lease-ends.ts';
import { LeaseFiles } from './lease-files.ts';
import { Leases } from './leases.ts';

/** The leases as the owner before left them. Never throws: what cannot be read is logged. */
export function openLeases(
  options: Omit<LeaseParts, 'records' | 'files' | 'azureFolders' | 'elapsed'> & {
    readonly elapsed: Pick<ElapsedTime, 'now' | 'offsetBefore'>;
    readonly paths: Pick<HomePaths, 'accessDb' | 'leases' | 'azure' | 'azureKept'>;
    readonly credentials: Pick<RunCredentials, 'get'>;
    /** The user's own AZURE_CONFIG_DIR. */
    readonly azureConfigDir: () => string;
    readonly cloudOf: (session: AzureSession) => AzureCloud;
    readonly log: Log;
  },
): Leases {
  const { paths, cloudOf, credentials, azureConfigDir, log, clock } = options;
  const database = new LeaseDatabase({ file: paths.accessDb, now: () => clock.now() });
  return new Leases({
    ...options,
    records: new LeaseRepository(database, log, options.elapsed),
    files: new LeaseFiles(paths.leases),
    azureFolders: new AzureConfigFolders({
      folder: paths.azure,
      kept: paths.azureKept,
      usersFolder: azureConfigDir,
      cloudOf,
      credentialsOf: (session) => azureCredentials(session, credentials),
      clock,
    }),
  });
}

async function azureCredentials(
  { sessionId, status }: AzureSession,
  credentials: Pick<RunCredentials, 'get'>,
): Promise<AzureCredentials | undefined> {
  if (status !== 'active') return undefined;
  const issued = await credentials.get(sessionId).catch((error: unknown) => {
    if (error instanceof Problem && error.code === 'vault-locked') return undefined;
    throw error;
  });
  if (issued === undefined || isAwsCredentials(issued.credentials)) return undefined;
  return issued.credentials;
}
