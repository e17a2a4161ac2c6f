import { it } from 'vitest';
import { fuzzBriefly } from '../../support/fuzz/fuzz-target.ts';
import { importedFiles } from '../../support/fuzz/imported-files.ts';

it('files of other tools, however damaged, are refused by name or become sessions that the workspace accepts', async () => {
  await fuzzBriefly(importedFiles);
});
