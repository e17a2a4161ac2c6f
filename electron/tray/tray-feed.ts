import type { TrayState, TraySession } from './tray-model.ts';

/** What the tray asks of the app, by the client that the window and the command use as well. */
export interface TrayClient {
  sessions(): Promise<readonly TraySession[]>;
  /** Calls back for every sign of life of the event stream; resolves or rejects when it ends. */
  changes(onSign: () => void, signal: AbortSignal): Promise<void>;
}

/** Shortest time between two looks, and time between two tries to connect, in milliseconds. */
const breath = 200;
const tryAgainAfter = 2000;

/** Menus show minutes: so often they are drawn again, in milliseconds. */
const redrawEvery = 20_000;

/**
 * Keeps the tray true: looks at the sessions at every change the event stream tells of, and shows
 * the passing of time. Returns what ends it.
 */
export function feedTray(client: TrayClient, show: (state: TrayState) => void): () => void {
  const over = new AbortController();
  let state: TrayState = { sessions: [], reachable: false };
  let looking: Promise<void> | undefined;
  let lookAgain = false;
  const update = (next: TrayState) => {
    state = next;
    if (!over.signal.aborted) show(state);
  };
  const look = () => {
    lookAgain = true;
    looking ??= lookWhileNeeded().finally(() => (looking = undefined));
  };
  const clock = setInterval(() => {
    show(state);
  }, redrawEvery);
  update(state);
  void follow();
  return () => {
    over.abort();
    clearInterval(clock);
  };

  async function lookWhileNeeded(): Promise<void> {
    while (lookAgain && !over.signal.aborted) {
      lookAgain = false;
      try {
        update({ sessions: await client.sessions(), reachable: true });
      } catch {
        update({ ...state, reachable: false });
      }
      await sleep(breath);
    }
  }

  async function follow(): Promise<void> {
    while (!over.signal.aborted) {
      look();
      await client.changes(look, over.signal).catch(() => undefined);
      update({ ...state, reachable: false });
      await sleep(tryAgainAfter);
    }
  }

  async function sleep(milliseconds: number): Promise<void> {
    if (over.signal.aborted) return;
    await new Promise<void>((resolve) => {
      const done = () => {
        clearTimeout(timer);
        over.signal.removeEventListener('abort', done);
        resolve();
      };
      const timer = setTimeout(done, milliseconds);
      over.signal.addEventListener('abort', done);
    });
  }
}
