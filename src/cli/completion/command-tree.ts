/*
 * What completion has to know of the commands, as plain data: a shell asks at each Tab, and loading all
 * commands for that takes several times as long. The build writes it into the program that completes.
 */

export interface OptionNode {
  readonly long?: string;
  readonly short?: string;
  readonly description: string;
  /** Whether a value follows. */
  readonly takesValue: boolean;
  readonly choices?: readonly string[];
  /** Whether the help shows it. */
  readonly isVisible: boolean;
}

export interface ArgumentNode {
  readonly variadic: boolean;
  readonly choices?: readonly string[];
}

export interface CommandNode {
  readonly name: string;
  readonly aliases: readonly string[];
  readonly description: string;
  readonly isVisible: boolean;
  /** With those that every command takes. */
  readonly options: readonly OptionNode[];
  readonly arguments: readonly ArgumentNode[];
  readonly children: readonly CommandNode[];
}

/** Names that a version of Stint has a fixed list of. */
export type FixedNames = Readonly<
  Record<'settings' | 'deliveries' | 'history-kinds', readonly string[]>
>;

export interface Completions {
  readonly program: CommandNode;
  readonly names: FixedNames;
}
