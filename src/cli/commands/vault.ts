import type { Command } from 'commander';
import { printable } from '../../models/printable.ts';
import { addExamples, jsonOption, type Json } from '../arguments/help.ts';
import type { Context } from '../context.ts';
import { leftoverNext, leftoverText } from '../sessions/leftover-text.ts';
import { isInteractive, printJson, readPiped, say } from '../terminal/shell.ts';

export function addLockCommand(program: Command, context: Context): void {
  const command = program
    .command('lock')
    .description('lock the vault: Stint forgets its key and all secrets until `stint unlock`')
    .option(...jsonOption)
    .action(({ json }: Json) => lock(context, json === true));
  addExamples(command, 'stint lock', 'stint settings set lock-after-idle-minutes 30');
}

async function lock({ owner, shell }: Context, json: boolean): Promise<void> {
  const answer = await owner.request('POST', '/v1/lock');
  if (json) printJson(shell, answer);
  for (const { sessionName } of answer.stopped) say(shell, `${printable(sessionName)} is stopped.`);
  for (const leftover of answer.leftovers) {
    say(shell, printable(leftoverText(leftover)));
    say(shell, `  ${leftoverNext}`);
  }
  say(shell, 'The vault is locked. Unlock it: stint unlock');
  if (answer.method === 'keychain') {
    say(shell, 'Its key is in the keychain, so unlocking asks for no passphrase.');
  }
}

export function addUnlockCommand(program: Command, context: Context): void {
  const command = program
    .command('unlock')
    .description(
      'unlock the vault: with the keychain, or a passphrase from the terminal, standard input or STINT_PASSPHRASE',
    )
    .option(...jsonOption)
    .action(({ json }: Json) => unlock(context, json === true));
  addExamples(command, 'stint unlock', 'pass stint | stint unlock');
}

async function unlock({ owner, shell }: Context, json: boolean): Promise<void> {
  const { vault } = await owner.request('GET', '/v1/owner');
  const passphrase =
    vault.locked && vault.method === 'passphrase' ? await givenPassphrase(shell) : undefined;
  // At a terminal, the refusal of a request without one has the person asked.
  const body = passphrase === undefined ? {} : { passphrase };
  const answer = await owner.request('POST', '/v1/unlock', { body });
  if (json) printJson(shell, answer);
  say(shell, vault.locked ? 'The vault is unlocked.' : 'The vault was not locked.');
}

/** From the environment, or the line on standard input; undefined where neither has one. */
async function givenPassphrase(shell: Context['shell']): Promise<string | undefined> {
  const set = shell.env['STINT_PASSPHRASE'] ?? '';
  if (set !== '') return set;
  if (isInteractive(shell) || shell.stdin.isTTY === true) return undefined;
  const line = (await readPiped(shell)).replace(/\r?\n$/, '');
  return line === '' ? undefined : line;
}
