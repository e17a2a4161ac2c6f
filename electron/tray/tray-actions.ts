import { explain } from '../explain.ts';
import { notify } from '../notify.ts';
import type { Runtime } from '../runtime.ts';
import type { ApiClient } from './api-client.ts';
import type { TrayActions } from './menu-template.ts';

/** What clicks in the tray do, by way of the HTTP app. */
export function createTrayActions(parts: {
  readonly runtime: Pick<Runtime, 'app' | 'Notification'>;
  readonly client: ApiClient;
  /** Opens the window: for a question, and for whoever asks. */
  readonly open: () => void;
  /** The click has changed what the menu shows. */
  readonly redraw: () => void;
}): TrayActions {
  const { runtime, client, open, redraw } = parts;
  const doing = async (work: () => Promise<void>) => {
    try {
      await work();
    } catch (error) {
      notify(runtime, { title: 'Stint', body: explain(error) }, open);
      open();
    } finally {
      redraw();
    }
  };
  return {
    session(sessionId, click) {
      void doing(async () => {
        if (click === 'stop') await client.stop(sessionId);
        else if ((await client.start(sessionId)) === 'needs-person') open();
      });
    },
    command(command) {
      switch (command) {
        case 'open':
          open();
          return;
        case 'stop-all':
          void doing(() => client.stopAll());
          return;
        case 'quit':
          runtime.app.quit();
          return;
      }
    },
  };
}
