import { systemClock } from '../../../src/services/clock/clock.ts';
import { homePaths } from '../../../src/services/files/home.ts';
import type { Problem } from '../../../src/models/problem.ts';
import { openWorkspace } from '../../../src/services/workspace/workspace-store.ts';
import { defaultSettings, iamUser } from './scratch-workspace-values.ts';

/* Saves a hundred sessions at once, and prints how that failed. */

const store = await openWorkspace({
  paths: homePaths(process.argv[2] ?? ''),
  defaultSettings,
  environmentWins: false,
  clock: systemClock,
});
const many = Array.from({ length: 100 }, () => iamUser());
const failure = await store.save({ put: many, keepBackup: true }).then(
  () => undefined,
  (error: unknown) => error as Problem,
);
console.log(
  JSON.stringify({
    code: failure?.code,
    next: failure?.details.next,
    inMemory: store.sessions().length,
  }),
);
