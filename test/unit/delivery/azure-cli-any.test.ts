import { describe, it } from 'vitest';
import { minutes } from '../../support/campaign.ts';
import { azureFiles } from '../../support/fuzz/azure-files.ts';
import { fuzzBriefly } from '../../support/fuzz/fuzz-target.ts';

describe('any files az could have written', () => {
  it(
    'have their original bytes after all sessions stop, in any order',
    async () => {
      await fuzzBriefly(azureFiles);
    },
    minutes(4),
  );
});
