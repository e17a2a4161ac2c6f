import { searchable } from '../../models/spelling.ts';
import type { CommandNode, FixedNames, OptionNode } from './command-tree.ts';

/** One thing that can be typed. */
export interface Candidate {
  readonly value: string;
  readonly description?: string | undefined;
}

/** Names that only the owner knows, or a fixed list of the program. */
export type Live =
  | 'sessions'
  | 'active-sessions'
  | 'integrations'
  | 'identity-providers'
  | 'prompts'
  | keyof FixedNames;

/** What fits at the end of the line. */
export type Wanted =
  | { readonly kind: 'fixed'; readonly candidates: readonly Candidate[] }
  | { readonly kind: 'live'; readonly live: Live; readonly prefix?: string }
  | { readonly kind: 'files' };

const flagValues: Readonly<Record<string, Live>> = {
  '--session': 'sessions',
  '--parent': 'sessions',
  '--integration': 'integrations',
  '--idp': 'identity-providers',
  '--delivery': 'deliveries',
  '--kind': 'history-kinds',
};

/** Commands that work on what is running. */
const onActive = new Set(['stop', 'rotate', 'extend', 'env', 'credentials']);

const nothing: Wanted = { kind: 'fixed', candidates: [] };

/** What fits at the end of `before`, the words of the command so far; `current`: what is begun. */
export function wanted(program: CommandNode, before: readonly string[], current: string): Wanted {
  let command = program;
  const names: string[] = [];
  let [position, awaiting] = [0, undefined as OptionNode | undefined];
  for (const word of before) {
    if (awaiting !== undefined) {
      awaiting = undefined;
      continue;
    }
    // What follows is for another program.
    if (word === '--') return { kind: 'files' };
    if (word.startsWith('-')) {
      const option = command.options.find(({ long, short }) => word === long || word === short);
      if (option?.takesValue === true) awaiting = option;
      continue;
    }
    const child = position === 0 ? childOf(command, word) : undefined;
    if (child === undefined) position += 1;
    else {
      command = child;
      names.push(child.name);
    }
  }
  if (awaiting !== undefined) return valuesOf(awaiting);
  const [, flag] = /^(--[\w-]+)=/.exec(current) ?? [];
  if (flag !== undefined) return withPrefix(flag, command);
  if (current.startsWith('-')) return { kind: 'fixed', candidates: flagsOf(command) };
  const children = position === 0 ? visibleChildren(command) : [];
  if (children.length > 0) return { kind: 'fixed', candidates: children };
  return argumentOf(command, names, position);
}

/** Those that begin with what is typed, in any case and any spelling of Unicode. */
export function beginning(candidates: readonly Candidate[], current: string): readonly Candidate[] {
  const start = searchable(current);
  return candidates.filter(({ value }) => searchable(value).startsWith(start));
}

function withPrefix(flag: string, command: CommandNode): Wanted {
  const option = command.options.find(({ long }) => long === flag);
  const found = option === undefined ? nothing : valuesOf(option);
  const prefix = `${flag}=`;
  if (found.kind === 'live') return { ...found, prefix };
  if (found.kind === 'files') return found;
  return {
    kind: 'fixed',
    candidates: found.candidates.map((one) => ({ ...one, value: prefix + one.value })),
  };
}

function valuesOf({ long, choices }: OptionNode): Wanted {
  if (choices !== undefined) {
    return { kind: 'fixed', candidates: choices.map((value) => ({ value })) };
  }
  const live = flagValues[long ?? ''];
  return live === undefined ? { kind: 'files' } : { kind: 'live', live };
}

function argumentOf(command: CommandNode, names: readonly string[], position: number): Wanted {
  const last = command.arguments.at(-1);
  const argument = command.arguments[position] ?? (last?.variadic === true ? last : undefined);
  if (argument === undefined) return nothing;
  if (argument.choices !== undefined) {
    return { kind: 'fixed', candidates: argument.choices.map((value) => ({ value })) };
  }
  const live = liveArgument(names, position);
  return live === undefined ? nothing : { kind: 'live', live };
}

function liveArgument([first = '', second = '']: readonly string[], position: number) {
  switch (first) {
    case 'session':
      return second === 'add' || second === 'list' ? undefined : 'sessions';
    case 'exec':
      return position === 0 ? 'sessions' : undefined;
    case 'start':
    case 'stop':
    case 'rotate':
    case 'extend':
    case 'env':
    case 'credentials':
    case 'console':
      return onActive.has(first) ? 'active-sessions' : 'sessions';
    case 'integration':
      return position === 0 ? 'integrations' : undefined;
    case 'idp':
      return position === 0 ? 'identity-providers' : undefined;
    case 'settings':
      return position === 0 ? 'settings' : undefined;
    case 'prompt':
      return position === 0 ? 'prompts' : undefined;
    default:
      return undefined;
  }
}

function childOf(command: CommandNode, word: string): CommandNode | undefined {
  return command.children.find((one) => one.name === word || one.aliases.includes(word));
}

function visibleChildren(command: CommandNode): readonly Candidate[] {
  return command.children
    .filter(({ isVisible }) => isVisible)
    .map(({ name, description }) => ({ value: name, description }));
}

function flagsOf(command: CommandNode): readonly Candidate[] {
  return command.options
    .filter(({ isVisible }) => isVisible)
    .flatMap(({ long, description }) => (long === undefined ? [] : [{ value: long, description }]));
}
