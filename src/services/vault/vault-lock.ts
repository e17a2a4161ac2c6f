import type { Settings } from '../../models/settings.ts';
import type { Clock } from '../clock/clock.ts';
import type { Leftover } from '../delivery/delivery.ts';
import type { EventLog } from '../events/event-log.ts';
import type { History } from '../history/history.ts';
import type { Unlock } from './unlock-prompt.ts';
import type { Vault } from './vault-contract.ts';

/** How long a lock waits for sessions that it stops, in milliseconds. */
const patience = 10_000;

export interface LockOutcome {
  /** The sessions that were stopped, as the setting `onLock` says. */
  readonly stopped: readonly { readonly sessionId: string; readonly sessionName: string }[];
  readonly leftovers: readonly Leftover[];
}

export interface VaultLock {
  /** Never fails for a reason of a session: what does not stop in time is left to the next check. */
  lock(request: { readonly by: string; readonly why?: string }): Promise<LockOutcome>;
  /** Does nothing if it is open. Throws like `Unlock.unlock`. */
  unlock(request: { readonly passphrase?: string | undefined; readonly by: string }): Promise<void>;
}

interface Parts {
  readonly vault: Vault;
  readonly events: EventLog;
  readonly history: Pick<History, 'append'>;
  readonly settings: () => Pick<Settings, 'onLock'>;
  readonly clock: Clock;
  /** Cancels what is being started or renewed. */
  readonly cancelWork: (message: string) => void;
  /** Ends all runs with the reason `locked`. */
  readonly stopSessions: (end: {
    readonly by: string;
    readonly message: string;
  }) => Promise<LockOutcome>;
  /** Drops credentials from memory. Other holders follow the event of the lock. */
  readonly forget: () => void;
  /** Asks the question that unlocks the vault. */
  readonly ask: Unlock['prompt'];
  readonly open: Unlock['unlock'];
}

/** Locks the vault at a request. The owner's memory then has no secret that it could hand out. */
export function createVaultLock(parts: Parts): VaultLock {
  const { vault, events, history, settings, clock, cancelWork, stopSessions, forget, ask, open } =
    parts;

  async function stopped(by: string): Promise<LockOutcome> {
    const nothing: LockOutcome = { stopped: [], leftovers: [] };
    if (settings().onLock === 'keep-sessions') return nothing;
    // Before the lock, so that stashed sections come back.
    const { promise: late, resolve } = Promise.withResolvers<LockOutcome>();
    const cancel = clock.after(patience, () => resolve(nothing));
    try {
      return await Promise.race([stopSessions({ by, message: `${by} locked the vault.` }), late]);
    } finally {
      cancel();
    }
  }

  return {
    async lock({ by, why = 'it was locked' }) {
      const wasOpen = !vault.status().locked;
      if (wasOpen) cancelWork('The vault was locked.');
      const outcome = wasOpen ? await stopped(by) : { stopped: [], leftovers: [] };
      const overwritten = vault.lock(why);
      forget();
      events.publish({ type: 'vault', locked: true });
      await overwritten;
      if (!wasOpen) return outcome;
      history.append({ kind: 'vault-locked', message: `The vault was locked: ${why}.`, by });
      if (vault.status().needs !== undefined) ask();
      return outcome;
    },
    async unlock({ passphrase, by }) {
      if (!vault.status().locked) return;
      await open(passphrase);
      history.append({ kind: 'vault-unlocked', by });
    },
  };
}
