import { Argument, type Command } from 'commander';
import { addExamples } from '../arguments/help.ts';
import { completedShells, completionScripts, type CompletedShell } from '../completion/scripts.ts';
import type { Context } from '../context.ts';

export function addCompletionCommand(program: Command, { shell }: Context): void {
  const command = program
    .command('completion')
    .description('print what makes a shell complete commands, flags and names')
    .addArgument(new Argument('<SHELL>').choices(completedShells))
    .action((name: CompletedShell) => void shell.stdout.write(completionScripts[name]))
    .addHelpText(
      'after',
      `
Install it once; it completes the names of your sessions while the agent runs.
  bash        add to ~/.bashrc:  source <(stint completion bash)
  zsh         add to ~/.zshrc, after compinit:  source <(stint completion zsh)
  fish        stint completion fish > ~/.config/fish/completions/stint.fish
  PowerShell  add to $PROFILE:  stint completion powershell | Out-String | Invoke-Expression`,
    );
  addExamples(command, 'source <(stint completion bash)', 'stint completion fish | source');
}
