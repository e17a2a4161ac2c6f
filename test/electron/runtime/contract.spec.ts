import { expect } from '@playwright/test';
import type { Runtime } from '../../../electron/runtime.ts';
import { electronContract } from '../../fakes/electron/contract.ts';
import { test } from './launch.ts';

for (const { name, run, expected } of electronContract) {
  test(`Electron: ${name}`, async ({ desktop: { app } }) => {
    // Playwright passes Electron's own module, of which Runtime is a part.
    const inMain = run as unknown as Parameters<typeof app.evaluate>[0] &
      ((all: Runtime) => unknown);
    expect(await app.evaluate(inMain)).toEqual(expected);
  });
}
