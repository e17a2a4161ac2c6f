import { toInstant } from '../../models/time.ts';
import type { LeaseParts } from './lease-ends.ts';
import type { LeaseRecord } from './lease-record.ts';

/** A folder on disk that is there for leases. */
export interface LeaseFolder {
  readonly kind: 'lease-folder' | 'azure-folder';
  readonly folder: string;
  readonly sessionId: string;
  /** The leases that it is there for: with the last it is removed. */
  readonly leaseIds: readonly string[];
  /** The programs by name, as far as they are known. */
  readonly programs: readonly string[];
  readonly since: string;
}

/** What is on disk for leases, and for which. A folder of no known lease is not listed: a sweep removes it. */
export async function leaseFolders({
  records,
  files,
  azureFolders,
}: Pick<LeaseParts, 'records' | 'files' | 'azureFolders'>): Promise<readonly LeaseFolder[]> {
  const own = await files.folders();
  const azure = await azureFolders.folders();
  return [
    ...[...own].flatMap(([leaseId, folder]) => {
      const lease = records.find(leaseId);
      return lease === undefined ? [] : [folderOf('lease-folder', folder, [lease])];
    }),
    ...[...azure].flatMap(([sessionId, folder]) => {
      // Nobody was given this folder by a lease without its own.
      const [first, ...others] = records
        .ofSession(sessionId)
        .filter(({ leaseId }) => own.has(leaseId));
      return first === undefined ? [] : [folderOf('azure-folder', folder, [first, ...others])];
    }),
  ];
}

function folderOf(
  kind: LeaseFolder['kind'],
  folder: string,
  leases: readonly [LeaseRecord, ...(readonly LeaseRecord[])],
): LeaseFolder {
  const programs = leases.flatMap(({ process, pid }) =>
    process === undefined ? [] : [pid === undefined ? process : `${process} (pid ${pid})`],
  );
  return {
    kind,
    folder,
    sessionId: leases[0].sessionId,
    leaseIds: leases.map(({ leaseId }) => leaseId),
    programs: [...new Set(programs)],
    since: toInstant(Math.min(...leases.map(({ openedAt }) => openedAt))),
  };
}
