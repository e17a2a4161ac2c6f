import { afterEach, beforeEach } from 'vitest';
import { scratchApi, type ScratchApi } from './scratch-api.ts';
import { scratchOwner, type ScratchOwner } from './scratch-owner.ts';

interface Closable {
  close(): Promise<void>;
}

/**
 * Gives each test of the file an owner with a practice cloud, closed when the test ends. `use`
 * keeps it for the tests and sets up what all of them begin with.
 */
export function aRunningOwner(use: (owner: ScratchOwner) => Promise<void> | void): void {
  forEachTest(() => scratchOwner(), use);
}

/** The same, with the HTTP app on it. */
export function aRunningApi(use: (owner: ScratchApi) => Promise<void> | void): void {
  forEachTest(() => scratchApi(), use);
}

function forEachTest<Owner extends Closable>(
  start: () => Promise<Owner>,
  use: (owner: Owner) => Promise<void> | void,
): void {
  let owner: Owner | undefined;
  beforeEach(async () => {
    owner = await start();
    await use(owner);
  });
  afterEach(async () => {
    await owner?.close();
    owner = undefined;
  });
}
