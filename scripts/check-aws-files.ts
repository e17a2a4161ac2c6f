import fc from 'fast-check';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  harm,
  settingsLost,
  viewsOfCopies,
  viewsOfDeliveries,
} from '../test/support/aws-files-unharmed.ts';
import { randomAwsFile } from '../test/support/random-aws-file.ts';

/*
 * node scripts/check-aws-files.ts [COUNT [SEED]]: makes COUNT random AWS files (20,000 if omitted) and compares what
 * botocore and the AWS SDK for JavaScript see in them before and after Stint added its section. The
 * test suite does the same with a few hundred.
 */

const count = Number(process.argv[2] ?? 20_000);
const seed = Number(process.argv[3] ?? Date.now() % 2 ** 31);
const folder = mkdtempSync(join(tmpdir(), 'stint-check-aws-files-'));
try {
  const files = fc.sample(randomAwsFile, { numRuns: count, seed });
  const copies = await viewsOfCopies(folder, files);
  const deliveries = [
    ...(await viewsOfDeliveries(folder, files, 'credentials')),
    ...(await viewsOfDeliveries(folder, files, 'config')),
  ];
  const faults = [
    ...[...copies, ...deliveries].map((view) => ({ ...view, what: harm(view) })),
    ...copies
      .filter(({ reader }) => reader === 'botocore')
      .map((view) => ({ ...view, what: settingsLost(view) })),
  ].filter(({ what }) => what !== '');
  const readable = copies.filter(({ before }) => before !== undefined).length;
  console.log(
    `Seed ${seed}: ${copies.length / 2} copies of config files, ${deliveries.length / 2} files with a session, ` +
      `${readable} of ${copies.length} views of config files readable; ${faults.length} faults.`,
  );
  for (const { reader, what, file } of faults.slice(0, 5))
    console.log(`${reader}: ${what}\n${file}\n`);
  process.exitCode = faults.length === 0 ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
