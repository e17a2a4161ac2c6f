import { setTimeout as pause } from 'node:timers/promises';
import { allSessions } from '../../src/client/all-sessions.ts';
import type { Client } from '../../src/client/client.ts';
import { nothingKnown, type ShellState } from './shell-state.ts';

/** Shortest time between two reads, and between two tries to connect, in milliseconds. */
const readPause = 200;
const reconnectPause = 2000;

/** The menu shows minutes, so it is redrawn this often, in milliseconds. */
const redrawInterval = 20_000;

/** After a `reset` events were missed. */
const changesState: ReadonlySet<string> = new Set([
  'session',
  'session-removed',
  'prompt',
  'prompt-closed',
  'settings',
  'vault',
  'reset',
]);

/**
 * Keeps tray and notifications up to date: reads what they show again after each change, and
 * shows the same again as time passes. Returns the function that ends it.
 */
export function feedShell(client: Client, show: (state: ShellState) => void): () => void {
  const over = new AbortController();
  const { signal } = over;
  let state = nothingKnown;
  let reading: Promise<void> | undefined;
  let readAgain = false;
  const update = (next: ShellState) => {
    state = next;
    if (!signal.aborted) show(state);
  };
  const read = () => {
    readAgain = true;
    reading ??= readWhileNeeded().finally(() => (reading = undefined));
  };
  const redraw = setInterval(() => {
    show(state);
  }, redrawInterval);
  update(state);
  void follow();
  return () => {
    over.abort();
    clearInterval(redraw);
  };

  async function readWhileNeeded(): Promise<void> {
    while (readAgain && !signal.aborted) {
      readAgain = false;
      try {
        const [{ items: sessions }, { items: prompts }, { vault }, settings] = await Promise.all([
          allSessions(client),
          client.request('GET', '/v1/prompts'),
          client.request('GET', '/v1/owner'),
          client.request('GET', '/v1/settings'),
        ]);
        update({ sessions, prompts, vaultLocked: vault.locked, settings, reachable: true });
      } catch {
        update({ ...state, reachable: false });
      }
      await wait(readPause);
    }
  }

  async function follow(): Promise<void> {
    while (!signal.aborted) {
      read();
      await readAtChanges().catch(() => undefined);
      update({ ...state, reachable: false });
      await wait(reconnectPause);
    }
  }

  async function readAtChanges(): Promise<void> {
    let isOpen = false;
    const onSign = () => {
      // What changed before the stream was open is in no event.
      if (!isOpen) read();
      isOpen = true;
    };
    for await (const { event } of client.events({ signal, onSign })) {
      if (changesState.has(event.type)) read();
    }
  }

  async function wait(milliseconds: number): Promise<void> {
    await pause(milliseconds, undefined, { signal }).catch(() => undefined);
  }
}
