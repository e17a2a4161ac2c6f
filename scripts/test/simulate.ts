import { parseArgs } from 'node:util';
import { faults } from '../../test/support/simulation/faults.ts';
import { simulateSeeds } from '../../test/support/simulation/simulate-seeds.ts';

/*
 * `npm run simulate`: a month of 1,000 sessions in virtual time for each of 100 seeds. `-- --seed N` repeats
 * one, `-- --seeds N` tries so many; `--sessions N` and `--days N` make it smaller, and `--fault NAME` breaks
 * Stint on purpose.
 */

const { values } = parseArgs({
  options: {
    seed: { type: 'string' },
    seeds: { type: 'string', default: '100' },
    sessions: { type: 'string' },
    days: { type: 'string' },
    fault: { type: 'string' },
  },
});
const seeds =
  values.seed === undefined
    ? Array.from({ length: Number(values.seeds) }, (_, index) => index + 1)
    : [Number(values.seed)];
const fault = faults.find((one) => one === values.fault);
if (fault !== values.fault) throw new Error(`--fault takes one of ${faults.join(', ')}`);

const failed = await simulateSeeds(
  seeds,
  {
    ...(values.sessions === undefined ? {} : { sessions: Number(values.sessions) }),
    ...(values.days === undefined ? {} : { days: Number(values.days) }),
    ...(fault === undefined ? {} : { fault }),
  },
  (line) => {
    console.log(line);
  },
);
process.exitCode = failed === 0 ? 0 : 1;
