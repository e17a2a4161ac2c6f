import type { OwnerClient } from './owner/owner-client.ts';
import type { OwnerLocation } from '../client/node/owner-location.ts';
import type { Shell } from './terminal/shell.ts';

/** What every command works with. */
export interface Context {
  readonly shell: Shell;
  readonly location: OwnerLocation;
  readonly owner: OwnerClient;
  readonly version: string;
  /** Sets the exit code of a command that continues after a failure; the first call counts. */
  endWith(exitCode: number): void;
  /** What the command says continues if somebody presses Ctrl-C from now on. */
  continues(text: string): void;
}
