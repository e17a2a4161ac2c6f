import { Option, type Command } from 'commander';
import { addExamples, jsonOption } from '../arguments/help.ts';
import type { Context } from '../context.ts';
import { CommandFailure } from '../failure.ts';
import { askForNew } from '../prompts/answer-prompt.ts';
import { askUntilAnswered } from '../terminal/ask.ts';
import { isInteractive, printJson, readPiped, say } from '../terminal/shell.ts';

interface PassphraseFlags {
  readonly keychain?: boolean;
  readonly passphrase?: boolean;
  readonly json?: boolean;
}

export function addPassphraseCommand(program: Command, context: Context): void {
  const command = program
    .command('passphrase')
    .description('change the passphrase of the vault, or move its key between it and the keychain')
    .addOption(new Option('--keychain', 'move the key to the keychain').conflicts('passphrase'))
    .option('--passphrase', 'protect the key with a passphrase from now on')
    .option(...jsonOption)
    .action((flags: PassphraseFlags) => change(context, flags));
  addExamples(
    command,
    'stint passphrase',
    'stint passphrase --keychain',
    'printf \'%s\\n\' "$OLD" "$NEW" | stint passphrase',
  );
}

async function change(context: Context, flags: PassphraseFlags): Promise<void> {
  const { owner, shell } = context;
  const { vault } = await owner.request('GET', '/v1/owner');
  if (vault.method === 'keychain' && flags.passphrase !== true) {
    throw new CommandFailure(
      'usage',
      'The key of the vault is in the keychain, so there is no passphrase to change.',
      'To protect it with one instead: stint passphrase --passphrase',
    );
  }
  const method = flags.keychain === true ? 'keychain' : 'passphrase';
  const wanted = {
    current: vault.method === 'passphrase',
    passphrase: method === 'passphrase',
  };
  const given = isInteractive(shell) ? await asked(context, wanted) : await piped(context, wanted);
  const answer = await owner.request('POST', '/v1/passphrase', { body: { method, ...given } });
  if (flags.json === true) printJson(shell, answer);
  say(
    shell,
    method === 'keychain'
      ? 'The key of the vault is in the keychain now. The passphrase no longer opens it.'
      : 'The new passphrase opens the vault.',
  );
}

interface Wanted {
  readonly current: boolean;
  readonly passphrase: boolean;
}
interface Given {
  readonly current?: string;
  readonly passphrase?: string;
}

async function asked({ shell }: Context, wanted: Wanted): Promise<Given> {
  const hidden = { hidden: true };
  const current = wanted.current
    ? {
        current: await askUntilAnswered(shell, 'Enter the current passphrase of the vault', hidden),
      }
    : {};
  const text = 'Choose a new passphrase for the vault (at least 8 characters)';
  return wanted.passphrase ? { ...current, passphrase: await askForNew(shell, text, {}) } : current;
}

/** One line each on standard input: the current passphrase, then the new one. */
async function piped({ shell }: Context, wanted: Wanted): Promise<Given> {
  const lines = (await readPiped(shell)).split(/\r?\n/);
  const take = (what: string): string => {
    const line = lines.shift() ?? '';
    if (line !== '') return line;
    throw new CommandFailure(
      'usage',
      `The ${what} passphrase is not on standard input.`,
      'Give the current passphrase and the new one, one on each line.',
    );
  };
  return {
    ...(wanted.current ? { current: take('current') } : {}),
    ...(wanted.passphrase ? { passphrase: take('new') } : {}),
  };
}
