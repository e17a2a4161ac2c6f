import { parseArgs } from 'node:util';
import type { Row } from './row.ts';
import { subjects } from './subjects.ts';
import { json, line } from './table.ts';

/*
 * `npm run bench`: what a person or program waits for, as ratios to what the machine can do at all, measured
 * in the same run; each beside its goal. Ends with 1 where one misses it. `-- --json` prints the rows for
 * programs, `-- --only NAME,NAME` measures some of the subjects.
 */

const { values } = parseArgs({
  options: { json: { type: 'boolean', default: false }, only: { type: 'string' } },
});
const wanted = values.only?.split(',') ?? subjects.map(({ name }) => name);
const unknown = wanted.filter((name) => !subjects.some((subject) => subject.name === name));
if (unknown.length > 0) {
  console.error(
    `There is no subject ${unknown.join(', ')}. ` +
      `Subjects: ${subjects.map(({ name }) => name).join(', ')}`,
  );
  process.exit(2);
}

const rows: Row[] = [];
for (const subject of subjects) {
  if (!wanted.includes(subject.name)) continue;
  const measured = await subject.measure();
  if (!values.json) for (const row of measured) console.log(line(row));
  rows.push(...measured);
}
if (values.json) console.log(JSON.stringify(rows.map(json), undefined, 2));
if (rows.some(({ ok }) => !ok)) process.exitCode = 1;
