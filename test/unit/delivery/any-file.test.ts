import { describe, it } from 'vitest';
import { minutes } from '../../support/campaign.ts';
import { awsFiles } from '../../support/fuzz/aws-files.ts';
import { awsHome } from '../../support/fuzz/aws-home.ts';
import { fuzzBriefly } from '../../support/fuzz/fuzz-target.ts';

describe('any file a tool could have written', () => {
  it.each(['credentials', 'config'] as const)(
    'as the %s file has its original bytes after all sessions stop and nothing is published, in any order',
    async (kind) => {
      await fuzzBriefly(awsFiles(kind));
    },
    minutes(2),
  );

  it(
    'has its original bytes after sessions took each other’s place, in both files and where the settings move them',
    async () => {
      await fuzzBriefly(awsHome);
    },
    minutes(2),
  );
});
