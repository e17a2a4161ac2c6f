import { PassThrough } from 'node:stream';
import type { Command } from 'commander';
import type { Context } from '../../src/cli/context.ts';
import { createProgram } from '../../src/cli/program.ts';

/** The manual page stint(1) in man(7), made from the help of every command. */
export function manPage(version: string): string {
  const shown = new PassThrough();
  const program = createProgram({ version, shell: { stdout: shown } } as unknown as Context);
  const afterHelp = (command: Command) => {
    command.outputHelp();
    const help = String(shown.read());
    // Commander has no other way to what addHelpText adds.
    return help.slice(command.helpInformation().length).trim();
  };
  return [
    `.TH STINT 1 "" "Stint ${version}" "User Commands"`,
    '.SH NAME',
    String.raw`stint \- credentials for AWS and Azure that last as long as your work does`,
    '.SH SYNOPSIS',
    `.B stint`,
    escaped(
      program
        .createHelp()
        .commandUsage(program)
        .replace(/^stint /, ''),
    ),
    '.SH DESCRIPTION',
    escaped(program.description()),
    '.SH OPTIONS',
    ...optionsOf(program),
    '.SH COMMANDS',
    ...commandsBelow(program).flatMap((command) => section(command, afterHelp(command))),
    '.SH EXAMPLES AND EXIT CODES',
    ...asWritten(afterHelp(program)),
    '',
  ].join('\n');
}

function commandsBelow(parent: Command): readonly Command[] {
  const visible = parent.createHelp().visibleCommands(parent);
  return visible
    .filter((command) => command.name() !== 'help')
    .flatMap((command) => [command, ...commandsBelow(command)]);
}

function section(command: Command, after: string): readonly string[] {
  const help = command.createHelp();
  const args = help.visibleArguments(command);
  return [
    `.SS ${escaped(help.commandUsage(command))}`,
    escaped(help.commandDescription(command)),
    ...args.flatMap((one) => term(help.argumentTerm(one), help.argumentDescription(one))),
    ...optionsOf(command),
    ...(after === '' ? [] : ['.PP', ...asWritten(after)]),
  ];
}

function optionsOf(command: Command): readonly string[] {
  const help = command.createHelp();
  return help
    .visibleOptions(command)
    .flatMap((option) => term(help.optionTerm(option), help.optionDescription(option)));
}

function term(name: string, description: string): readonly string[] {
  return ['.TP', `.B ${escaped(name)}`, escaped(description)];
}

function asWritten(text: string): readonly string[] {
  return ['.nf', ...text.split('\n').map(escaped), '.fi'];
}

/** groff_char(7): at least four digits. */
function hexadecimal(character: string): string {
  return (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
}

/** man(7): a hyphen that can be copied, no line that begins like a request, and ASCII alone. */
function escaped(text: string): string {
  return text
    .replaceAll('\\', String.raw`\e`)
    .replaceAll('-', String.raw`\-`)
    .replaceAll(/^(?=[.'])/gm, String.raw`\&`)
    .replaceAll(/[^\0-\x7f]/gu, (character) => `\\[u${hexadecimal(character)}]`);
}
