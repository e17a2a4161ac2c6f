import type { Clock } from '../clock/clock.ts';
import type { EventLog } from '../events/event-log.ts';
import type { PromptService } from '../prompts/prompt-service.ts';
import type { VaultRestore } from './vault-contract.ts';
import type { Vault } from './vault.ts';

/** The question stays open as long as the vault is locked: a year is long enough. */
const aYear = 365 * 24 * 3_600_000;

/** A check that throws Problem 'vault-locked' or 'vault-unreadable' unless the vault is open. */
export function requireUnlocked(vault: Vault): () => void {
  return () => vault.requireOpen();
}

/** Between two tries of the keychain, in milliseconds. */
const retries = { first: 2_000, longest: 60_000, forAtMost: 3_600_000 } as const;

/** How long a keychain is left alone that does not say whether it is locked, in milliseconds. */
const unsure = 30_000;

export interface Unlock {
  /** Asks the question that unlocks the vault, once, and returns its id at every call. */
  readonly prompt: () => string;
  /**
   * Opens the vault if it waited for a keychain that a person unlocked meanwhile, as before each
   * request. Does nothing otherwise, and never rejects for a reason of the keychain.
   */
  readonly retry: () => Promise<void>;
  /**
   * Opens the vault with a passphrase; one whose key is in the keychain ignores it. Does nothing if it
   * is open. Throws like `Vault.unlock`, and Problem 'vault-locked' if a passphrase is missing.
   */
  readonly unlock: (passphrase: string | undefined) => Promise<void>;
  /** Restores a lost vault, and asks the question if it then needs one. Throws like `Vault.restore`. */
  readonly restore: (from: 'previous' | 'nothing') => Promise<VaultRestore>;
}

/**
 * Ways in which a locked vault opens: by an answer, and by itself once the keychain is unlocked, which
 * is looked at for an hour in ever longer steps, and then at each request.
 */
export function createUnlock(options: {
  readonly vault: Vault;
  readonly prompts: PromptService;
  readonly events: EventLog;
  readonly clock: Clock;
  /** Resolves when the work that waited for the unlock is done; the question closes after that. */
  readonly onUnlocked: () => Promise<void>;
  /** Aborted when the owner ends. */
  readonly signal: AbortSignal;
}): Unlock {
  const { vault, prompts, events, clock, onUnlocked, signal } = options;
  let isFollowed = false;
  let trying: Promise<void> | undefined;
  let unsureUntil = 0;

  const openPrompt = () => prompts.list().find(({ kind }) => kind === 'unlock');

  async function tryKeychain(ifUnsure: boolean): Promise<void> {
    if (await vault.retryKeychain({ ifUnsure })) await opened();
  }

  /** It was opened other than by an answer. */
  async function opened(): Promise<void> {
    events.publish({ type: 'vault', locked: false });
    const asked = openPrompt();
    if (asked !== undefined) prompts.resolve(asked.promptId);
    await onUnlocked();
  }

  /** Once for all who ask at the same time. */
  async function attempt(ifUnsure: boolean): Promise<void> {
    const { locked, keychainFailure } = vault.status();
    if (!locked || keychainFailure === undefined) return;
    trying ??= tryKeychain(ifUnsure).finally(() => (trying = undefined));
    await trying;
  }

  function follow(delay: number, until: number): void {
    isFollowed = true;
    const cancel = clock.after(delay, () => {
      signal.removeEventListener('abort', cancel);
      // A failure shows at the next request, which tries too.
      const tried = attempt(false).catch(() => undefined);
      void tried.then(() => {
        isFollowed = vault.status().keychainFailure !== undefined && clock.now() < until;
        if (isFollowed && !signal.aborted) follow(Math.min(2 * delay, retries.longest), until);
      });
    });
    signal.addEventListener('abort', cancel, { once: true });
  }

  async function retry(): Promise<void> {
    const now = clock.now();
    const ifUnsure = now >= unsureUntil;
    if (ifUnsure) unsureUntil = now + unsure;
    await attempt(ifUnsure);
  }

  function prompt(): string {
    const open = openPrompt();
    if (open !== undefined) return open.promptId;
    if (!isFollowed && vault.status().keychainFailure !== undefined) {
      follow(retries.first, clock.now() + retries.forAtMost);
    }
    const question = {
      kind: 'unlock' as const,
      text: questionOf(vault),
      ...(vault.status().needs === 'new-passphrase' ? { isNew: true } : {}),
      deadline: clock.now() + aYear,
    };
    return prompts.post(question, async (passphrase) => {
      await vault.unlock(passphrase);
      events.publish({ type: 'vault', locked: false });
      await onUnlocked();
    }).promptId;
  }

  async function restore(from: 'previous' | 'nothing'): Promise<VaultRestore> {
    const result = await vault.restore(from);
    if (vault.status().locked) {
      if (vault.status().needs !== undefined) prompt();
      return result;
    }
    await opened();
    return result;
  }

  async function unlock(passphrase: string | undefined): Promise<void> {
    const { locked, needs } = vault.status();
    if (!locked) return;
    if (passphrase === undefined && needs !== 'keychain') vault.requireOpen();
    await vault.unlock(passphrase ?? '');
    await opened();
  }

  return { prompt, retry, unlock, restore };
}

function questionOf(vault: Vault): string {
  const { needs, keychainFailure } = vault.status();
  if (needs === 'new-passphrase') {
    const ask =
      'Choose a new passphrase for the vault that holds your secrets (at least 8 characters)';
    return keychainFailure === undefined
      ? ask
      : `${ask}, or set up or unlock the keychain of your desktop session instead`;
  }
  if (needs === 'keychain' && keychainFailure === undefined) {
    return 'Enter any word to unlock the vault with its key in the keychain';
  }
  return needs === 'keychain'
    ? 'Unlock the keychain of your desktop session, then enter any word to try again'
    : 'Enter the passphrase of the vault';
}
