import { expect, test } from 'vitest';
import { electronContract } from '../fakes/electron/contract.ts';
import { createFakeElectron } from '../fakes/electron/fake-electron.ts';

test.each(electronContract)('the fake Electron: $name', async ({ run, expected }) => {
  const { runtime, app } = createFakeElectron();
  app.becomeReady();
  expect(await run(runtime)).toEqual(expected);
});
