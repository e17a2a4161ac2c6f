import { systemClock } from '../../../src/services/clock/clock.ts';
import { homePaths } from '../../../src/services/files/home.ts';
import { openWorkspace } from '../../../src/services/workspace/workspace-store.ts';
import { defaultSettings } from './scratch-workspace-values.ts';

/* Saves ever higher revisions of the first session and prints each once it is on disk; killed from outside. */

const store = await openWorkspace({
  paths: homePaths(process.argv[2] ?? ''),
  defaultSettings,
  environmentWins: false,
  clock: systemClock,
});
for (;;) {
  const session = store.sessions()[0];
  if (!session) throw new Error('the test puts a session there first');
  const revision = session.revision + 1;
  await store.save({ put: [{ ...session, revision }], keepBackup: revision % 2 === 0 });
  process.stdout.write(`${revision}\n`);
}
