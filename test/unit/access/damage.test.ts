import { readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { Problem } from '../../../src/models/problem.ts';
import { AccessFile } from '../../../src/services/access/access-file.ts';
import { LeaseDatabase } from '../../../src/services/leases/lease-database.ts';
import { isOpen, type LeaseRecord } from '../../../src/services/leases/lease-record.ts';
import { minutes } from '../../support/campaign.ts';
import { damages, kindsOfDamage, offsetsToDamage } from '../../support/damaged-database.ts';
import { owner, scratchAccess, type ScratchAccess } from './scratch-access.ts';

const tokens = {
  valid: '11111111-1111-4111-8111-111111111111',
  ofMaker: '22222222-2222-4222-8222-222222222222',
  revoked: '33333333-3333-4333-8333-333333333333',
};

/** A file with a row in each table. */
async function writtenAccess(): Promise<ScratchAccess> {
  const scratch = await scratchAccess();
  const { dbFile, now } = scratch;
  const file = new AccessFile({ dbFile, clock: { now } });
  const issuedAt = Math.floor(now() / 1000);
  const issue = (tokenId: string, makerId?: string) => {
    const grant = { tokenId, makerId, name: 'ci', role: 'operator', scopes: [] } as const;
    file.write(({ records }) => {
      records.add({ ...grant, issuedAt, expiresAt: issuedAt + 3600 });
    });
  };
  issue(tokens.valid);
  issue(tokens.ofMaker, tokens.valid);
  issue(tokens.revoked);
  file.write(({ records }) => records.revoke(tokens.revoked, issuedAt));
  file.write(({ tickets }) => tickets.make('window', issuedAt + 3600));
  file.close();
  const leases = new LeaseDatabase({ file: dbFile, now });
  const lease = (leaseId: string): LeaseRecord => ({
    leaseId,
    sessionId: 'session-1',
    runId: 'run-1',
    kind: 'endpoint',
    tokenHash: 'hash',
    expiresAt: now() + 60_000,
    openedAt: now(),
    lastUsedAt: now(),
    uses: 0,
  });
  leases.add(lease('open'));
  leases.add(lease('closed'));
  leases.update([{ ...lease('closed'), closedAt: now(), reason: 'closed' }]);
  leases.close();
  return scratch;
}

/** Which of the tokens count; undefined where it says which file it cannot use, and what to do. */
function countingTokens(file: AccessFile, dbFile: string): readonly string[] | undefined {
  try {
    return Object.values(tokens).filter((id) => file.check(({ records }) => records.isValid(id)));
  } catch (error) {
    expect(error).toBeInstanceOf(Problem);
    const { code, details } = error as Problem;
    expect(code).toBe('access-unavailable');
    expect(details.detail).toContain(dbFile);
    expect(details.detail).not.toMatch(/[{}\n]/);
    expect(details.next).not.toBe('');
    return undefined;
  }
}

/** The ids of the leases that count; none where the file cannot be used. */
function openLeases({ dbFile, now }: ScratchAccess): readonly string[] {
  const database = new LeaseDatabase({ file: dbFile, now });
  try {
    return database
      .all()
      .leases.filter(isOpen)
      .map(({ leaseId }) => leaseId);
  } catch {
    return [];
  } finally {
    database.close();
  }
}

describe.each(kindsOfDamage)('an access database that is %s at any byte', (kind) => {
  test(
    'accepts nothing that was revoked or closed, names the file where it cannot be used, and is never lost',
    async () => {
      const scratch = await writtenAccess();
      const { dbFile, folder, now } = scratch;
      const whole = readFileSync(dbFile);
      const counts = { damaged: 0, replaced: 0, refused: 0, accepted: 0 };
      for (const at of offsetsToDamage(whole.length, 997)) {
        counts.damaged += 1;
        const damaged = damages[kind](whole, at);
        writeFileSync(dbFile, damaged);
        const file = new AccessFile({ dbFile, clock: { now } });
        const counting = countingTokens(file, dbFile);
        file.close();
        const aside = readdirSync(folder).filter((name) => /\.damaged-\S+Z$/.test(name));
        if (counting === undefined) {
          counts.refused += 1;
          expect([at, file.notices().join(' ')]).toEqual([at, expect.stringContaining(dbFile)]);
          expect(readFileSync(dbFile).equals(damaged)).toBe(true);
        } else {
          expect([at, counting]).toEqual([at, expect.not.arrayContaining([tokens.revoked])]);
          if (counting.includes(tokens.valid)) counts.accepted += 1;
        }
        expect([at, openLeases(scratch)]).toEqual([at, expect.not.arrayContaining(['closed'])]);
        counts.replaced += aside.length;
        for (const name of aside) {
          expect(readFileSync(join(folder, name)).equals(damaged)).toBe(true);
        }
        for (const name of readdirSync(folder)) {
          if (name.startsWith('access.db')) rmSync(join(folder, name));
        }
      }
      console.log(`access ${kind}: ${JSON.stringify(counts)}`);
      expect(counts.replaced).toBeGreaterThan(0);
      if (kind !== 'cut short') expect(counts.accepted).toBeGreaterThan(0);
    },
    minutes(2),
  );
});

test.each([0, 0.3, 0.8])('the owner gets in whatever became of the file', async (part) => {
  const scratch = await scratchAccess();
  (await scratch.open()).close();
  const whole = await readFile(scratch.dbFile);
  await writeFile(scratch.dbFile, whole.subarray(0, Math.floor(whole.length * part)));
  const access = await scratch.open();
  expect(await access.verify(access.ownerToken())).toMatchObject({ role: 'owner' });
  await expect(access.issue(owner, { name: 'ci' })).resolves.toMatchObject({
    token: expect.any(String) as string,
  });
});

test('a damaged client token is unknown and counted, and the others stay valid', async () => {
  const scratch = await writtenAccess();
  const { dbFile, now } = scratch;
  const bytes = readFileSync(dbFile);
  // The role of the row, which is in no index: `operator` becomes `pperator`.
  bytes.write('p', bytes.indexOf('operator', bytes.indexOf(`${tokens.ofMaker}ci`)));
  writeFileSync(dbFile, bytes);
  const file = new AccessFile({ dbFile, clock: { now } });
  expect(countingTokens(file, dbFile)).toEqual([tokens.valid]);
  expect(file.notices()).toEqual([
    `Damaged client tokens in ${dbFile}, which no longer work: 1. ` +
      'Make new ones: stint token create',
  ]);
  file.close();
});
