import type { Argument, Command, Option } from 'commander';
import { awsDeliverySchema, azureDeliverySchema } from '../../models/delivery.ts';
import { historyKindSchema } from '../../models/history.ts';
import { settingsSchema } from '../../models/settings.ts';
import type { Context } from '../context.ts';
import { createProgram } from '../program.ts';
import type { ArgumentNode, CommandNode, Completions, OptionNode } from './command-tree.ts';

/** All that completion needs, of the commands as they are. */
export function readCompletions(): Completions {
  // Nothing runs, so nothing of the context is used.
  const program = createProgram({ version: '', shell: {} } as unknown as Context);
  return {
    program: commandNode(program, true),
    names: {
      settings: Object.keys(settingsSchema.shape).map(kebabCase),
      deliveries: [...new Set([...awsDeliverySchema.options, ...azureDeliverySchema.options])],
      'history-kinds': historyKindSchema.options,
    },
  };
}

function commandNode(command: Command, isVisible: boolean): CommandNode {
  const help = command.createHelp();
  const visible = help.visibleCommands(command);
  const shown = help.visibleOptions(command);
  const known = new Set([...command.options, ...shown]);
  const children = new Set([...command.commands, ...visible]);
  return {
    name: command.name(),
    aliases: command.aliases(),
    description: command.description(),
    isVisible,
    options: [
      ...[...known].map((option) => optionNode(option, shown.includes(option))),
      ...help.visibleGlobalOptions(command).map((option) => optionNode(option, true)),
    ],
    arguments: command.registeredArguments.map(argumentNode),
    children: [...children].map((child) => commandNode(child, visible.includes(child))),
  };
}

function optionNode(
  { long, short, description, required, argChoices }: Option,
  isVisible: boolean,
): OptionNode {
  return {
    ...(long == null ? {} : { long }),
    ...(short == null ? {} : { short }),
    description,
    takesValue: required,
    ...(argChoices === undefined ? {} : { choices: argChoices }),
    isVisible,
  };
}

function argumentNode({ variadic, argChoices }: Argument): ArgumentNode {
  return { variadic, ...(argChoices === undefined ? {} : { choices: argChoices }) };
}

function kebabCase(key: string): string {
  return key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
