import type { Facts } from '../facts.ts';
import type { Finding } from '../finding.ts';
import * as awsProfiles from './aws-profiles.ts';
import * as azure from './azure.ts';
import * as leftByExec from './left-by-exec.ts';
import * as machine from './machine.ts';

/** Each looks at the facts for one fault; in the order that doctor shows. */
const faults: readonly ((facts: Facts) => readonly Finding[])[] = [
  machine.otherVersion,
  machine.otherHome,
  machine.otherMachine,
  machine.networkDrive,
  machine.fullDisk,
  machine.staleLocks,
  machine.deadProxies,
  machine.lostCertificates,
  machine.endedSignIns,
  machine.missingPrograms,
  awsProfiles.profileOfShell,
  awsProfiles.shadowedProfiles,
  awsProfiles.overtakenByKeys,
  awsProfiles.keysInBothFiles,
  awsProfiles.lostPrograms,
  awsProfiles.unknownSessions,
  leftByExec.deadEndpoints,
  leftByExec.lostLeaseFiles,
  leftByExec.endpointThroughProxy,
  leftByExec.webIdentity,
  azure.otherAzureFolder,
  azure.encryptedCache,
  azure.applicationInShell,
];

/** The faults that the facts have. Pure. */
export function faultsOf(facts: Facts): readonly Finding[] {
  return faults.flatMap((fault) => fault(facts));
}
