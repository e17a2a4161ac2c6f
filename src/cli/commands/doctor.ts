import type { Command } from 'commander';
import { styleText } from 'node:util';
import type { Context } from '../context.ts';
import { checkAwsFile } from '../doctor/aws-file.ts';
import type { Finding } from '../doctor/finding.ts';
import { checkHome, checkNode } from '../doctor/machine.ts';
import { checkOwner } from '../doctor/owner.ts';
import { checkShellEnvironment } from '../doctor/shell-environment.ts';
import { exitCodes } from '../failure.ts';
import { printable } from '../terminal/printable.ts';
import { hasColour, print, printJson, type Shell } from '../terminal/shell.ts';

export function addDoctorCommand(program: Command, context: Context): void {
  program
    .command('doctor')
    .description('what is wrong and how to mend it; ends with 1 where something is')
    .option('--json', 'print the findings as JSON')
    .action((flags: { readonly json?: boolean }) => doctor(context, flags.json === true));
}

async function doctor(context: Context, json: boolean): Promise<void> {
  const { shell, place } = context;
  // The owner comes first: it makes and mends the home that is looked at next.
  const owner = await checkOwner(context);
  const findings: readonly Finding[] = [
    checkNode(),
    ...checkHome(place.home),
    ...owner.findings,
    ...(owner.settings === undefined
      ? []
      : [
          ...checkAwsFile(owner.settings.awsCredentialsFile, { holdsSecrets: true }),
          ...checkAwsFile(owner.settings.awsConfigFile, { holdsSecrets: false }),
          ...checkShellEnvironment(shell.env, owner.settings),
        ]),
  ];
  if (json) printJson(shell, { findings });
  else for (const finding of findings) show(shell, finding);
  if (findings.some(({ level }) => level === 'problem')) context.endWith(exitCodes.failed);
}

const marks = {
  ok: ['ok      ', 'green'],
  hint: ['hint    ', 'yellow'],
  problem: ['problem ', 'red'],
} as const;

function show(shell: Shell, { level, what, mend }: Finding): void {
  const [mark, colour] = marks[level];
  const painted = hasColour(shell) ? styleText(colour, mark, { validateStream: false }) : mark;
  const inset = ' '.repeat(mark.length);
  // What an agent says of itself may have several lines.
  const [first = '', ...others] = what.split('\n').map(printable);
  for (const line of [`${painted}${first}`, ...others.map((line) => inset + line)]) {
    print(shell, line);
  }
  if (mend !== undefined) print(shell, `${inset}→ ${printable(mend)}`);
}
