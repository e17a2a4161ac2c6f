import { readFileSync } from 'node:fs';
import { open, writeFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';

/*
 * Another tool that adds sections to a credentials file without care: it empties the file, pauses and
 * writes all of it, or appends in pieces with a pause between. Prints the number of each section whose write was
 * over before Stint takes a file for written: on a busy machine a pause may be longer than asked for.
 */

const [, , file = '', gap = '0', count = '1'] = process.argv;
/** As in `user-file/quiet.ts`, in milliseconds. */
const quietAfter = 300;
const pause = () => (gap === '0' ? Promise.resolve() : delay(Number(gap)));

for (let number = 1; number <= Number(count); number += 1) {
  const began = performance.now();
  const section = [`[other-${gap}-${number}]\n`, 'aws_access_key_id = AKIAOTHER\n'] as const;
  if (number % 2 === 0) {
    const handle = await open(file, 'a');
    await handle.write(section[0]);
    await pause();
    await handle.write(section[1]);
    await handle.close();
  } else {
    const text = readFileSync(file, 'latin1');
    const handle = await open(file, 'w');
    await pause();
    await writeFile(handle, text + section.join(''), 'latin1');
    await handle.close();
  }
  if (performance.now() - began < quietAfter) console.log(number);
  await delay(Math.random() * 500);
}
