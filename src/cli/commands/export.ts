import type { Command } from 'commander';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { exportHeading } from '../../models/export.ts';
import { printable } from '../../models/printable.ts';
import { addExamples, jsonOption, type Json } from '../arguments/help.ts';
import { rethrowAsTyped } from '../arguments/typed-names.ts';
import type { Context } from '../context.ts';
import { CommandFailure } from '../failure.ts';
import { print, printJson, say } from '../terminal/shell.ts';

interface Flags extends Json {
  readonly file?: string;
  readonly label?: string;
}

export function addExportCommand(program: Command, context: Context): void {
  const command = program
    .command('export')
    .summary('print your sessions as a file for a team, without secrets')
    .description('print your sessions as a file that a team can share, without secrets')
    .option('--file <FILE>', 'write to this file; an earlier export is replaced')
    .option('--label <LABEL>', 'only sessions with this label, and what they need')
    .option(...jsonOption)
    .action((flags: Flags) => exportSessions(context, flags));
  addExamples(
    command,
    'stint export --file team.yaml',
    'stint export --label team > team.yaml',
    'stint import stint --file team.yaml    on the other machine',
  );
}

async function exportSessions({ owner, shell }: Context, flags: Flags): Promise<void> {
  const { file, label, json } = flags;
  const path = file === undefined ? undefined : writablePath(file);
  const answer = await owner
    .request('GET', '/v1/export', label === undefined ? {} : { query: { label } })
    .catch(rethrowAsTyped({ label: '--label' }));
  if (json === true) printJson(shell, answer);
  else if (path === undefined) print(shell, answer.content.trimEnd());
  if (path !== undefined) write(path, answer.content);
  for (const { sessionName, reason } of answer.skipped) {
    say(shell, `Skipped ${printable(sessionName)}: ${printable(reason)}`);
  }
  const count = answer.sessions === 1 ? '1 session' : `${answer.sessions} sessions`;
  say(shell, path === undefined ? `${count}, without secrets.` : `Wrote ${count} to ${path}.`);
}

/** Only an export is replaced: everything else in the place of the file is somebody's own. */
function writablePath(file: string): string {
  const path = resolve(file);
  try {
    if (!existsSync(path) || readFileSync(path, 'utf8').startsWith(exportHeading)) return path;
  } catch (error) {
    throw new CommandFailure('failed', `Stint cannot read ${path}: ${(error as Error).message}`);
  }
  throw new CommandFailure(
    'failed',
    `${path} is not an export of Stint, so Stint does not replace it.`,
    'Choose another file, or remove this one.',
  );
}

function write(path: string, content: string): void {
  try {
    writeFileSync(path, content);
  } catch (error) {
    throw new CommandFailure('failed', `Stint cannot write ${path}: ${(error as Error).message}`);
  }
}
