import type { Command } from 'commander';

/*
 * Arguments and options that several commands share, so that every help names them the same way.
 */

export const nameArgument = [
  '[NAME]',
  'name, id or a part of them (omit to pick from a list)',
] as const;
export const sessionArgument = [
  '[NAME]',
  'name, profile, account/role, id or a part of them (omit to pick from a list)',
] as const;
export const sessionsArgument = [
  '[NAME...]',
  'names, profiles, account/role, ids or parts of them (omit to pick from a list)',
] as const;
export const jsonOption = ['--json', 'print the answer of the API'] as const;
export const yesOption = ['-y, --yes', 'do not ask'] as const;

export interface Json {
  readonly json?: boolean;
}

/** Adds examples to the end of a command's help, one per line. */
export function addExamples(command: Command, ...examples: readonly string[]): Command {
  return command.addHelpText(
    'after',
    ['', 'Examples:', ...examples.map((line) => `  ${line}`)].join('\n'),
  );
}

/** The same for commands below `parent`, by their names. */
export function addExamplesBelow(
  parent: Command,
  examples: Readonly<Record<string, readonly string[]>>,
): void {
  for (const command of parent.commands) {
    const own = examples[command.name()];
    if (own !== undefined) addExamples(command, ...own);
  }
}
