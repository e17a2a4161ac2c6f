import type { Command } from 'commander';
import { styleText } from 'node:util';
import { addExamples, yesOption, type Json } from '../arguments/help.ts';
import type { Context } from '../context.ts';
import type { Finding } from '../doctor/finding.ts';
import { examine } from '../doctor/findings.ts';
import { restoreHeld, showHeld } from '../doctor/held.ts';
import { CommandFailure, exitCodes } from '../failure.ts';
import { printable } from '../../models/printable.ts';
import { instantText } from '../terminal/instant-text.ts';
import { hasColour, print, printJson, printPainted, type Shell } from '../terminal/shell.ts';

export function addDoctorCommand(program: Command, context: Context): void {
  const command = program
    .command('doctor')
    .summary('find problems, and list what Stint holds on this machine')
    .description('find problems and how to fix them, and list what Stint holds on this machine')
    .argument('[ID...]', 'with --restore: what to put back (omit to be asked about each)')
    .option('--restore', 'put back what Stint holds; sessions that use it stop')
    .option('--all', 'with --restore: everything that can be put back')
    .option(...yesOption)
    .option('--json', 'print the findings, and what Stint holds, as JSON')
    .option('--restore-vault', 'replace a damaged or missing vault by the version before')
    .option('--new-vault', 'replace a vault that cannot be opened by an empty one')
    .action((ids: readonly string[], options: DoctorOptions) => {
      const { json, restore, all, yes, restoreVault: wantsVault, newVault } = options;
      if (restore === true) return restoreHeld(context, { ids, all, yes, json });
      if (ids.length > 0 || all === true || yes === true) {
        throw new CommandFailure('usage', 'IDs, --all and --yes need --restore.');
      }
      if (wantsVault === true) return restoreVault(context, 'previous');
      return newVault === true ? restoreVault(context, 'nothing') : doctor(context, json === true);
    });
  addExamples(
    command,
    'stint doctor',
    'stint doctor --restore --all',
    'stint doctor --restore-vault',
  );
}

interface DoctorOptions extends Json {
  readonly restore?: boolean;
  readonly all?: boolean;
  readonly yes?: boolean;
  readonly restoreVault?: boolean;
  readonly newVault?: boolean;
}

/** What was there is renamed by the owner, so that nothing has to be confirmed. */
async function restoreVault(
  { owner, shell }: Context,
  from: 'previous' | 'nothing',
): Promise<void> {
  const { kept, writtenAt, locked, detail } = await owner.request('POST', '/v1/owner/vault', {
    body: { from },
  });
  if (writtenAt !== undefined) print(shell, `Restored the vault of ${instantText(writtenAt)}.`);
  for (const file of kept) print(shell, `What was there is kept as ${file}`);
  print(shell, detail);
  if (locked) print(shell, 'Unlock it: stint prompt answer');
}

async function doctor(context: Context, json: boolean): Promise<void> {
  const { shell } = context;
  const { findings, changes } = await examine(context);
  if (json) printJson(shell, { findings, changes });
  else {
    for (const finding of findings) show(shell, finding);
    if (changes.length > 0) showHeld(context, changes);
  }
  if (findings.some(({ level }) => level === 'problem')) context.endWith(exitCodes.failed);
}

const marks = {
  ok: ['ok      ', 'green'],
  hint: ['hint    ', 'yellow'],
  problem: ['problem ', 'red'],
} as const;

function show(shell: Shell, { level, what, fix }: Finding): void {
  const [mark, colour] = marks[level];
  const painted = hasColour(shell) ? styleText(colour, mark, { validateStream: false }) : mark;
  const inset = ' '.repeat(mark.length);
  // An agent's report may have several lines.
  const [first = '', ...others] = what.split('\n').map(printable);
  for (const line of [`${painted}${first}`, ...others.map((line) => inset + line)]) {
    printPainted(shell, line);
  }
  if (fix !== undefined) print(shell, `${inset}→ ${printable(fix)}`);
}
