import type { AzureCloud } from '../../models/azure-cloud.ts';
import type { AzureSession } from '../../models/session.ts';
import type { HomePaths } from '../files/home.ts';
import type { Log } from '../log/log.ts';
import { AzureConfigFolders } from './azure-config-folders.ts';
import { LeaseRepository } from './lease-repository.ts';
import { LeaseDatabase } from './lease-database.ts';
import type { LeaseParts } from './lease-ends.ts';
import { LeaseFiles } from './lease-files.ts';
import { Leases } from './leases.ts';

/** The leases as the owner before left them. Never throws: what cannot be read is logged. */
export function openLeases(
  options: Omit<LeaseParts, 'records' | 'files' | 'azureFolders'> & {
    readonly paths: Pick<HomePaths, 'accessDb' | 'leases' | 'azure'>;
    readonly cloudOf: (session: AzureSession) => AzureCloud;
    readonly log: Log;
  },
): Leases {
  const { paths, cloudOf, log, clock } = options;
  const database = new LeaseDatabase({ file: paths.accessDb, now: () => clock.now() });
  return new Leases({
    ...options,
    records: new LeaseRepository(database, log),
    files: new LeaseFiles(paths.leases),
    azureFolders: new AzureConfigFolders({ folder: paths.azure, cloudOf }),
  });
}
