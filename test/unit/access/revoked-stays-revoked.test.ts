import { readFile, rm, writeFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { openAccessDatabase } from '../../../src/services/access/access-database.ts';
import { TokenRecords } from '../../../src/services/access/token-records.ts';
import { LeaseDatabase } from '../../../src/services/leases/lease-database.ts';
import { isOpen, type LeaseRecord } from '../../../src/services/leases/lease-record.ts';
import { minutes } from '../../support/campaign.ts';
import { bytesThatRule, withByte } from '../../support/damaged-database.ts';
import { owner, scratchAccess } from './scratch-access.ts';

/**
 * No row has a checksum, so SQLite's own check of the file has to notice when the type of a column becomes NULL, which
 * means that a token or a lease is valid.
 */

type Accepts = (file: string, id: string) => boolean;

/** Sets every byte that rules the row of `revoked` to other values, none of which may make it valid. */
async function expectNeverAccepted(
  { file, valid, revoked }: Readonly<Record<'file' | 'valid' | 'revoked', string>>,
  accepts: Accepts,
): Promise<void> {
  const whole = await readFile(file);
  const copy = `${file}.copy`;
  const acceptsIn = async (bytes: Buffer, id: string) => {
    await rm(`${copy}-journal`, { force: true });
    await writeFile(copy, bytes);
    try {
      return accepts(copy, id);
    } catch {
      return false;
    }
  };
  expect(await acceptsIn(whole, valid)).toBe(true);
  expect(await acceptsIn(whole, revoked)).toBe(false);
  const changes = bytesThatRule(whole, revoked);
  console.log(`${changes.length} changes of one byte`);
  for (const change of changes) {
    expect([change, await acceptsIn(withByte(whole, change), revoked)]).toEqual([change, false]);
  }
}

test(
  'a revoked client token stays revoked, whichever byte of its row changes',
  async () => {
    const scratch = await scratchAccess();
    const access = await scratch.open();
    const revoked = await access.issue(owner, { name: 'ci' });
    const valid = await access.issue(owner, { name: 'kept' });
    access.revoke(revoked.tokenId);
    access.close();
    await expectNeverAccepted(
      { file: scratch.dbFile, valid: valid.tokenId, revoked: revoked.tokenId },
      (file, id) => {
        const { database } = openAccessDatabase({ file, now: scratch.now() });
        try {
          return new TokenRecords(database, scratch.now() / 1000).isValid(id);
        } finally {
          database.close();
        }
      },
    );
  },
  minutes(1),
);

test(
  'a closed lease stays closed, whichever byte of its row changes',
  async () => {
    const { dbFile: file, now } = await scratchAccess();
    const leases = new LeaseDatabase({ file, now });
    const lease = (leaseId: string): LeaseRecord => ({
      leaseId,
      sessionId: 'session-1',
      runId: 'run-1',
      kind: 'endpoint',
      tokenHash: 'hash',
      openedAt: now(),
      lastUsedAt: now(),
      uses: 0,
    });
    const [valid, revoked] = [lease('lease-that-is-open'), lease('lease-that-was-closed')];
    leases.add(valid);
    leases.add(revoked);
    leases.update([{ ...revoked, closedAt: now(), reason: 'closed' }]);
    leases.close();
    await expectNeverAccepted(
      { file, valid: valid.leaseId, revoked: revoked.leaseId },
      (copy, id) => {
        const database = new LeaseDatabase({ file: copy, now });
        try {
          return database.all().leases.some((one) => one.leaseId === id && isOpen(one));
        } finally {
          database.close();
        }
      },
    );
  },
  minutes(1),
);
