import { parseArgs } from 'node:util';
import { faults } from '../../test/support/simulation/faults.ts';
import { simulateSeeds } from '../../test/support/simulation/simulate-seeds.ts';

/*
 * `npm run simulate`: a month of 1,000 sessions in virtual time for each of 100 seeds. `-- --seed N` repeats
 * one, `-- --seeds N` tries so many; `--sessions N` and `--days N` make it smaller, and `--fault NAME` breaks
 * Stint on purpose. `--clock chaos` sets the clock every few minutes, by seconds to years.
 */

const { values } = parseArgs({
  options: {
    seed: { type: 'string' },
    seeds: { type: 'string', default: '100' },
    sessions: { type: 'string' },
    days: { type: 'string' },
    fault: { type: 'string' },
    clock: { type: 'string' },
  },
});
const seeds =
  values.seed === undefined
    ? Array.from({ length: Number(values.seeds) }, (_, index) => index + 1)
    : [Number(values.seed)];
const fault = faults.find((one) => one === values.fault);
if (values.clock !== undefined && values.clock !== 'chaos') throw new Error('--clock takes chaos');
if (fault !== values.fault) throw new Error(`--fault takes one of ${faults.join(', ')}`);

const failed = await simulateSeeds(
  seeds,
  {
    ...(values.sessions === undefined ? {} : { sessions: Number(values.sessions) }),
    ...(values.days === undefined ? {} : { days: Number(values.days) }),
    ...(fault === undefined ? {} : { fault }),
    ...(values.clock === undefined ? {} : { clock: 'chaos' as const }),
  },
  (line) => {
    console.log(line);
  },
);
process.exitCode = failed === 0 ? 0 : 1;
