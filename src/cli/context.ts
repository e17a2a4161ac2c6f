import type { Owner } from './owner.ts';
import type { OwnerPlace } from './owner-place.ts';
import type { Shell } from './shell.ts';

/** What every command works with. */
export interface Context {
  readonly shell: Shell;
  readonly place: OwnerPlace;
  readonly owner: Owner;
  readonly version: string;
  /** What the command ends with, where it goes on after a failure; the first one counts. */
  endWith(exitCode: number): void;
}
