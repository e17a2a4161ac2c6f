import { describe, expect, test } from 'vitest';
import { EventLog } from '../../../src/services/events/event-log.ts';
import type { NewHistoryEntry } from '../../../src/models/history.ts';
import { createVaultLock, type LockOutcome } from '../../../src/services/vault/vault-lock.ts';
import { FakeClock } from '../../fakes/clock.ts';
import { vaultInKeychain } from './vault-in-keychain.ts';

const outcome: LockOutcome = {
  stopped: [{ sessionId: '1', sessionName: 'work' }],
  leftovers: [],
};
const nothing: LockOutcome = { stopped: [], leftovers: [] };

/** An open vault with its lock; `steps` are what the lock does, in order. */
async function lockable({
  onLock = 'stop-sessions',
  stops = () => Promise.resolve(outcome),
}: {
  readonly onLock?: 'stop-sessions' | 'keep-sessions';
  readonly stops?: () => Promise<LockOutcome>;
} = {}) {
  const scratch = await vaultInKeychain();
  const vault = await scratch.open();
  const steps: unknown[] = [];
  const clock = new FakeClock();
  const events = new EventLog();
  events.subscribe(({ event }) => steps.push({ event, locked: vault.status().locked }));
  const history = {
    append: (entry: NewHistoryEntry) => {
      steps.push({ history: entry });
      return true;
    },
  };
  const vaultLock = createVaultLock({
    vault,
    events,
    history,
    clock,
    settings: () => ({ onLock }),
    cancelWork: (message) => steps.push({ cancelled: message }),
    stopSessions: (end) => {
      steps.push({ stop: end, locked: vault.status().locked });
      return stops();
    },
    forget: () => steps.push('forget'),
    ask: () => String(steps.push('ask')),
    open: (given) => {
      steps.push({ open: given });
      return vault.unlock(given ?? '');
    },
  });
  return { vault, clock, vaultLock, steps };
}

const locked = { event: { type: 'vault', locked: true }, locked: true };

describe('a lock of the vault', () => {
  test('stops the sessions first, while stashed sections can still be restored', async () => {
    const { vaultLock, steps, vault, clock } = await lockable();
    expect(await vaultLock.lock({ by: 'anna' })).toEqual(outcome);
    expect(steps).toEqual([
      { cancelled: 'The vault was locked.' },
      { stop: { by: 'anna', message: 'anna locked the vault.' }, locked: false },
      'forget',
      locked,
      {
        history: {
          kind: 'vault-locked',
          message: 'The vault was locked: it was locked.',
          by: 'anna',
        },
      },
      'ask',
    ]);
    expect(vault.status()).toMatchObject({
      locked: true,
      detail: 'The vault is locked: it was locked.',
    });
    expect(clock.timers).toBe(0);
  });

  test('names its reason', async () => {
    const { vaultLock, steps, vault } = await lockable();
    await vaultLock.lock({ by: 'stint', why: 'nobody used Stint for 5 min' });
    expect(vault.status().detail).toBe('The vault is locked: nobody used Stint for 5 min.');
    expect(steps).toContainEqual({
      history: {
        kind: 'vault-locked',
        message: 'The vault was locked: nobody used Stint for 5 min.',
        by: 'stint',
      },
    });
  });

  test('keeps the sessions where the setting says so', async () => {
    const { vaultLock, steps } = await lockable({ onLock: 'keep-sessions' });
    expect(await vaultLock.lock({ by: 'anna' })).toEqual(nothing);
    expect(steps.slice(0, 3)).toEqual([{ cancelled: 'The vault was locked.' }, 'forget', locked]);
  });

  test('waits ten seconds for sessions that do not stop, and then locks', async () => {
    const { vaultLock, vault, clock } = await lockable({
      stops: () => new Promise(() => undefined),
    });
    const done = vaultLock.lock({ by: 'anna' });
    await clock.advance(9_999);
    expect(vault.status().locked).toBe(false);
    await clock.advance(1);
    expect(await done).toEqual(nothing);
    expect(vault.status().locked).toBe(true);
  });

  test('of a locked vault stops, records and asks nothing, and drops what is in memory', async () => {
    const { vaultLock, steps, vault } = await lockable();
    await vault.lock();
    expect(await vaultLock.lock({ by: 'anna' })).toEqual(nothing);
    expect(steps).toEqual(['forget', locked]);
  });
});

describe('an unlock of the vault', () => {
  test('opens it with what was given, and is recorded', async () => {
    const { vault, vaultLock, steps } = await lockable();
    await vault.lock();
    await vaultLock.unlock({ passphrase: 'the one', by: 'anna' });
    expect(steps).toEqual([
      { open: 'the one' },
      { history: { kind: 'vault-unlocked', by: 'anna' } },
    ]);
    expect(vault.status().locked).toBe(false);
  });

  test('does nothing while it is open', async () => {
    const { vaultLock, steps } = await lockable();
    await vaultLock.unlock({ by: 'anna' });
    expect(steps).toEqual([]);
  });
});
