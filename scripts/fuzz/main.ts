import { parseArgs } from 'node:util';
import { hasBotocore } from '../../test/support/aws-file-readers.ts';
import { awsFilesAsReadersSeeThem } from '../../test/support/fuzz/aws-files-readers.ts';
import { awsFiles } from '../../test/support/fuzz/aws-files.ts';
import { awsHome } from '../../test/support/fuzz/aws-home.ts';
import { azureFiles } from '../../test/support/fuzz/azure-files.ts';
import { deepLinks } from '../../test/support/fuzz/deep-links.ts';
import { aSeed, fuzzRound, type FuzzTarget } from '../../test/support/fuzz/fuzz-target.ts';
import { httpApp } from '../../test/support/fuzz/http-app.ts';
import { importedFiles } from '../../test/support/fuzz/imported-files.ts';
import { samlResponses } from '../../test/support/fuzz/saml-responses.ts';
import { workspaceFiles } from '../../test/support/fuzz/workspace-files.ts';

/*
 * `npm run fuzz`: gives each part that reads what others wrote as many inputs as an hour allows. `-- --seconds N`
 * is for all targets together, `-- --target NAME` tries one, `-- --seed N` begins with that seed. The tests of
 * the parts try one round each.
 */

const targets: readonly FuzzTarget[] = [
  awsFiles('credentials'),
  awsFiles('config'),
  awsHome,
  ...(hasBotocore() ? [awsFilesAsReadersSeeThem] : []),
  azureFiles,
  workspaceFiles,
  importedFiles,
  samlResponses,
  httpApp,
  deepLinks,
];

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '3600' },
    target: { type: 'string' },
    seed: { type: 'string' },
  },
});
const chosen = targets.filter(({ name }) => [undefined, name].includes(values.target));
if (chosen.length === 0) {
  throw new Error(`--target takes one of ${targets.map(({ name }) => name).join(', ')}`);
}
const seconds = Number(values.seconds) / chosen.length;
const first = values.seed === undefined ? aSeed() : Number(values.seed);

for (const target of chosen) {
  const until = performance.now() + seconds * 1000;
  let [seed, inputs] = [first, 0];
  let failure: string | undefined;
  while (failure === undefined && (inputs === 0 || performance.now() < until)) {
    const round = await fuzzRound(target, seed);
    inputs += round.inputs;
    failure = round.failure;
    seed += 1;
  }
  const outcome = failure === undefined ? 'nothing found' : `failed\n${failure}`;
  console.log(
    `${target.name}: ${inputs.toLocaleString('en')} inputs of seeds ${first}–${seed - 1}, ${outcome}`,
  );
  if (failure !== undefined) process.exitCode = 1;
}
