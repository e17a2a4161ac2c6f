import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { EventLog } from '../events/event-log.ts';

/**
 * The browser profiles that `stint console --browser chrome-profile` makes, one for each session: with cookies
 * of the console, so each goes with its session. One that a browser still uses goes at the next start.
 */
export async function removeWithSessions(options: {
  readonly folder: string;
  readonly exists: (sessionId: string) => boolean;
  readonly events: EventLog;
}): Promise<void> {
  const { folder, exists, events } = options;
  const remove = (sessionId: string) =>
    rm(join(folder, sessionId), { recursive: true, force: true }).catch(() => undefined);
  events.subscribe(({ event }) => {
    if (event.type === 'session-removed') void remove(event.sessionId);
  });
  for (const sessionId of await readdir(folder).catch(() => [])) {
    if (!exists(sessionId)) await remove(sessionId);
  }
}
