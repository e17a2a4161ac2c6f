import type { Command } from 'commander';
import { addExamples } from '../arguments/help.ts';
import type { Context } from '../context.ts';
import { instantText } from '../terminal/instant-text.ts';
import { print, say } from '../terminal/shell.ts';

export function addVersionCommand(program: Command, context: Context): void {
  const command = program
    .command('version')
    .description('print the version')
    .option('--check', 'also look for a newer release')
    .action(async (flags: { readonly check?: boolean }) => {
      print(context.shell, context.version);
      if (flags.check === true) await check(context);
    });
  addExamples(command, 'stint version', 'stint version --check');
}

/** Throws Problem 'release-untrusted' and what keeps the agent from the feed of releases. */
async function check({ owner, shell, version }: Context): Promise<void> {
  const state = await owner.request('POST', '/v1/release/check');
  if (state.newer !== undefined) {
    const { version: newer, publishedAt, page } = state.newer;
    const where = page === undefined ? '' : `: ${page}`;
    say(shell, `Stint ${newer} is available, published ${instantText(publishedAt)}${where}`);
  } else if (state.checkedAt === undefined) {
    say(shell, `Stint does not look for newer releases. ${state.off ?? ''}`.trim());
  } else {
    say(shell, 'There is no newer release.');
  }
  if (state.version !== version) {
    say(
      shell,
      `The agent that runs has version ${state.version}. To change that: stint agent start`,
    );
  }
}
