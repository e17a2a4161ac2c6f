import type { OwnerClient } from './owner/owner-client.ts';
import type { OwnerLocation } from './owner/owner-location.ts';
import type { Shell } from './terminal/shell.ts';

/** What every command works with. */
export interface Context {
  readonly shell: Shell;
  readonly place: OwnerLocation;
  readonly owner: OwnerClient;
  readonly version: string;
  /** What the command ends with, where it goes on after a failure; the first one counts. */
  endWith(exitCode: number): void;
}
