import fc from 'fast-check';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { harm, settingsLost, viewsOfCopies, viewsOfDeliveries } from '../aws-files-unharmed.ts';
import { randomAwsFile } from '../random-aws-file.ts';
import type { FuzzTarget } from './fuzz-target.ts';

/** botocore and the AWS SDK for JavaScript find what they found before. Needs botocore. */
export const awsFilesAsReadersSeeThem: FuzzTarget = {
  name: 'aws-file-readers',
  inputs: 4,
  async open() {
    const folder = await mkdtemp(join(tmpdir(), 'stint-fuzz-readers-'));
    return {
      close: () => rm(folder, { recursive: true, force: true }),
      // A hundred files at a time: starting Python costs more than they do.
      property: fc.asyncProperty(
        fc.array(randomAwsFile, { minLength: 100, maxLength: 100 }),
        async (files) => {
          const copies = await viewsOfCopies(folder, files);
          const deliveries = [
            ...(await viewsOfDeliveries(folder, files, 'credentials')),
            ...(await viewsOfDeliveries(folder, files, 'config')),
          ];
          for (const view of [...copies, ...deliveries]) fail(view, harm(view));
          for (const view of copies) if (view.reader === 'botocore') fail(view, settingsLost(view));
        },
      ),
    };
  },
};

function fail({ reader, file }: { reader: string; file: string }, what: string): void {
  if (what !== '') throw new Error(`${reader}: ${what}\n${JSON.stringify(file)}`);
}
