import { parseArgs } from 'node:util';
import { startPracticeCloud } from './practice-cloud.ts';

/*
 * node practice-cloud/main.ts [--port N] [--end-with-stdin]
 *
 * Prints one line of JSON when ready: where it is, and the admin token. Ends on SIGTERM and SIGINT,
 * and, when asked, with standard input, so that it can't outlive the program that started it.
 */

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '0' },
    'end-with-stdin': { type: 'boolean', default: false },
  },
});
const port = Number(values.port);
if (!Number.isInteger(port) || port < 0 || port > 65_535) {
  console.error(`--port takes a number from 0 to 65535, not '${values.port}'.`);
  process.exit(2);
}

const cloud = await startPracticeCloud({ port }).catch((error: unknown) => {
  const { code } = error as NodeJS.ErrnoException;
  if (code === undefined) throw error;
  console.error(`Port ${port} of 127.0.0.1 is taken or not allowed: ${code}.`);
  process.exit(1);
});
// All but the function: where everything is.
console.log(JSON.stringify(cloud));

let ending = false;
const end = () => {
  if (ending) return;
  ending = true;
  void cloud.close().then(() => process.exit(0));
};
process.once('SIGTERM', end);
process.once('SIGINT', end);
// A file or /dev/null as standard input only ever says 'end', a torn pipe only 'close'.
if (values['end-with-stdin']) process.stdin.on('end', end).on('close', end).resume();
