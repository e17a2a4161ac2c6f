import { Option, type Command } from 'commander';
import { CommandFailure } from '../failure.ts';
import type { TypedNames } from './typed-names.ts';

/** A flag that sets one field of a request. */
export interface FieldFlag {
  /** The field's path in the request. */
  readonly path: readonly [string] | readonly [string, string];
  /** Without the leading dashes. */
  readonly flag: string;
  /** The value's name in the help. A flag without one is a yes or no. */
  readonly value?: string;
  readonly help: string;
  /** Reads the value; the text itself if omitted. */
  readonly read?: (text: string, flag: string) => unknown;
  /** For a flag that may repeat: reads all its values. */
  readonly many?: (texts: readonly string[], flag: string) => unknown;
}

export function addFlags(command: Command, flags: readonly FieldFlag[]): void {
  const add = (flag: FieldFlag, text: string, help?: string) => {
    const option = new Option(text, help);
    command.addOption(flag.many === undefined ? option : option.argParser(collect));
    if (flag.many === undefined) return;
    // The field's own name works too.
    const plural = new Option(`--${kebabCase(fieldOf(flag))} <${flag.value ?? ''}>`).hideHelp();
    command.addOption(plural.argParser(collect));
  };
  for (const flag of flags) {
    if (flag.value === undefined) {
      add(flag, `--${flag.flag}`, flag.help);
      add(flag, `--no-${flag.flag}`, `turn --${flag.flag} off`);
    } else {
      add(flag, `--${flag.flag} <${flag.value}>`, flag.help);
    }
  }
}

/** Collects the values of a flag that may repeat. */
export function collect(text: string, before: readonly string[] = []): readonly string[] {
  return [...before, text];
}

/** The fields that the given flags set, as the API takes them. Throws CommandFailure 'usage'. */
export function fieldsGiven(
  flags: readonly FieldFlag[],
  given: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const fields: Record<string, unknown> = {};
  for (const flag of flags) {
    const value = flag.many === undefined ? given[camelCase(flag.flag)] : allGiven(flag, given);
    if (value !== undefined) setField(fields, flag.path, valueOf(flag, value));
  }
  return fields;
}

/** The flag of each field, by the field's path. */
export function typedNamesOf(flags: readonly FieldFlag[]): TypedNames {
  return Object.fromEntries(flags.map(({ path, flag }) => [path.join('.'), `--${flag}`]));
}

/** The path of a field, by its flag or by its name in the API. Throws CommandFailure 'usage'. */
export function fieldPath(flags: readonly FieldFlag[], name: string): FieldFlag['path'] {
  const wanted = name.replace(/^--/, '');
  const found = flags.find(({ flag, path }) => flag === wanted || path.join('.') === wanted);
  if (found !== undefined) return found.path;
  throw new CommandFailure(
    'usage',
    `There is no field "${name}".`,
    `Fields: ${flags.map(({ flag }) => flag).join(', ')}`,
  );
}

/** Sets one field of a request. */
export function setField(
  fields: Record<string, unknown>,
  [name, member]: FieldFlag['path'],
  value: unknown,
): void {
  if (member === undefined) fields[name] = value;
  else fields[name] = { ...(fields[name] as object | undefined), [member]: value };
}

/** All values of a flag that may repeat, under either of its names. */
function allGiven(
  flag: FieldFlag,
  given: Readonly<Record<string, unknown>>,
): readonly string[] | undefined {
  const texts = [given[camelCase(flag.flag)], given[fieldOf(flag)]].flatMap(
    (value) => (value as readonly string[] | undefined) ?? [],
  );
  return texts.length === 0 ? undefined : texts;
}

function fieldOf({ path: [name, member = name] }: FieldFlag): string {
  return member;
}

function valueOf({ flag, read, many }: FieldFlag, value: unknown): unknown {
  if (many !== undefined) return many(value as readonly string[], `--${flag}`);
  return read === undefined ? value : read(value as string, `--${flag}`);
}

function camelCase(flag: string): string {
  return flag.replace(/-([a-z])/g, (_dash, letter: string) => letter.toUpperCase());
}

function kebabCase(field: string): string {
  return field.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
