import { Option, type Command } from 'commander';
import { addExamples } from '../arguments/help.ts';
import type { Context } from '../context.ts';
import { whoAmI, type Form } from '../whoami/who-am-i.ts';

interface WhoAmIFlags {
  readonly short?: boolean;
  readonly json?: boolean;
}

/** For its help and `--verbose`: main.ts answers the rest of it with less to load. */
export function addWhoAmICommand(program: Command, context: Context): void {
  const command = program
    .command('whoami')
    .description('show which session this shell has, and for how long')
    .addOption(
      new Option(
        '--short',
        'only its name and the time left, for a prompt; nothing if there is none',
      ).conflicts('json'),
    )
    .option('--json', 'print JSON')
    .action((flags: WhoAmIFlags) =>
      say(context, flags.json === true ? 'json' : flags.short === true ? 'short' : 'words'),
    )
    .addHelpText(
      'after',
      '\nIt reads the variables that stint exec and stint env set, AWS_PROFILE and AWS_ACCESS_KEY_ID. ' +
        'It starts no agent.\nExit codes: 0 with a session, 1 without one.',
    );
  addExamples(
    command,
    'stint whoami',
    "PS1='$(stint whoami --short) \\$ '                  bash",
    "setopt prompt_subst; RPROMPT='$(stint whoami --short)'   zsh",
    'function fish_right_prompt; stint whoami --short; end    fish',
  );
}

async function say(context: Context, form: Form): Promise<void> {
  const { shell, location } = context;
  const { stdout, stderr, exitCode } = await whoAmI(shell.env, location, form);
  shell.stdout.write(stdout);
  shell.stderr.write(stderr);
  context.endWith(exitCode);
}
