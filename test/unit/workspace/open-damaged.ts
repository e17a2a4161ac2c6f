import { systemClock } from '../../../src/services/clock/clock.ts';
import { homePaths } from '../../../src/services/files/home.ts';
import { openWorkspace } from '../../../src/services/workspace/workspace-store.ts';
import { defaultSettings } from './scratch-workspace-values.ts';

/* Opens a workspace, and prints how many sessions it has then. */

const store = await openWorkspace({
  paths: homePaths(process.argv[2] ?? ''),
  defaultSettings,
  environmentWins: false,
  clock: systemClock,
});
console.log(store.sessions().length);
