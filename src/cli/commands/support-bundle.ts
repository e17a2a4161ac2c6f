import type { Command } from 'commander';
import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { lightFormat } from 'date-fns';
import { addExamples } from '../arguments/help.ts';
import type { Context } from '../context.ts';
import { CommandFailure } from '../failure.ts';
import { supportBundle } from '../support/bundle.ts';
import { print, say } from '../terminal/shell.ts';

interface BundleFlags {
  readonly file?: string;
}

export function addSupportBundleCommand(program: Command, context: Context): void {
  const command = program
    .command('support-bundle')
    .summary('write logs and state for a bug report, without secrets')
    .description('write logs and state for a bug report to a file, without secrets')
    .option('--file <FILE>', 'the file to write (default: stint-support-DATE-TIME.json here)')
    .action((flags: BundleFlags) => writeBundle(context, flags));
  addExamples(command, 'stint support-bundle', 'stint support-bundle --file /tmp/stint.json');
}

async function writeBundle(context: Context, { file }: BundleFlags): Promise<void> {
  const { shell } = context;
  const usualName = `stint-support-${lightFormat(new Date(), 'yyyy-MM-dd-HHmmss')}.json`;
  const path = resolve(file ?? usualName);
  const bundle = await supportBundle(context);
  try {
    writeFileSync(path, `${JSON.stringify(bundle, undefined, 2)}\n`, { mode: 0o600, flag: 'wx' });
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code !== 'EEXIST') {
      throw new CommandFailure('failed', `Stint cannot write ${path}: ${message}`);
    }
    throw new CommandFailure('failed', `${path} already exists.`, 'Choose another: --file FILE');
  }
  print(shell, path);
  say(shell, 'It contains names of sessions, accounts and files. Read it before you share it.');
}
