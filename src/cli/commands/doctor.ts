import type { Command } from 'commander';
import { styleText } from 'node:util';
import { addExamples, type Json } from '../arguments/help.ts';
import type { Context } from '../context.ts';
import type { Finding } from '../doctor/finding.ts';
import { allFindings } from '../doctor/findings.ts';
import { exitCodes } from '../failure.ts';
import { printable } from '../terminal/printable.ts';
import { hasColour, print, printJson, type Shell } from '../terminal/shell.ts';

export function addDoctorCommand(program: Command, context: Context): void {
  const command = program
    .command('doctor')
    .description('find problems and how to fix them (exit code 1 if there is one)')
    .option('--json', 'print the findings as JSON')
    .action(({ json }: Json) => doctor(context, json === true));
  addExamples(command, 'stint doctor');
}

async function doctor(context: Context, json: boolean): Promise<void> {
  const { shell } = context;
  const findings = await allFindings(context);
  if (json) printJson(shell, { findings });
  else for (const finding of findings) show(shell, finding);
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
    print(shell, line);
  }
  if (fix !== undefined) print(shell, `${inset}→ ${printable(fix)}`);
}
