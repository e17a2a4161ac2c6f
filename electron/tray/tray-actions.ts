import { allSessions } from '../../src/client/all-sessions.ts';
import type { Client } from '../../src/client/client.ts';
import { explain } from '../explain.ts';
import { notify } from '../notify.ts';
import type { Runtime } from '../runtime.ts';
import type { TrayActions } from './menu-template.ts';

/** What clicks in the tray do, through the HTTP app. */
export function createTrayActions(parts: {
  readonly runtime: Pick<Runtime, 'app' | 'Notification'>;
  readonly client: Client;
  /** Throws Problem, and Error where no browser opens. */
  readonly openConsole: (sessionId: string) => Promise<void>;
  /** Opens the window: for a question that a start asks, and after a failure. */
  readonly open: () => void;
  /** Draws the menu again: the click itself has ticked a box. */
  readonly redraw: () => void;
}): TrayActions {
  const { runtime, client, openConsole, open, redraw } = parts;
  const run = async (work: () => Promise<void>) => {
    try {
      await work();
    } catch (error) {
      notify(runtime, { title: 'Stint', body: explain(error) }, open);
      open();
    } finally {
      redraw();
    }
  };
  const start = async (id: string) => {
    const answer = await client.request('POST', '/v1/sessions/{id}/start', { path: { id } });
    // A sign-in window is in front already.
    const isAsked =
      'prompts' in answer && answer.prompts.some(({ kind }) => kind !== 'sign-in-window');
    if (isAsked) open();
  };
  const stop = async (id: string) => {
    await client.request('POST', '/v1/sessions/{id}/stop', { path: { id } });
  };
  const stopAll = async () => {
    const { items } = await allSessions(client);
    const running = items.filter(({ status }) => status !== 'inactive');
    const results = await Promise.allSettled(running.map(({ sessionId }) => stop(sessionId)));
    const failed = results.find((result) => result.status === 'rejected');
    if (failed !== undefined) throw failed.reason;
  };
  return {
    session(sessionId, click) {
      void run(() => (click === 'stop' ? stop(sessionId) : start(sessionId)));
    },
    console(sessionId) {
      void run(() => openConsole(sessionId));
    },
    command(command) {
      switch (command) {
        case 'open':
          open();
          return;
        case 'stop-all':
          void run(stopAll);
          return;
        case 'quit':
          runtime.app.quit();
          return;
      }
    },
  };
}
