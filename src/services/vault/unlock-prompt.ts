import type { Clock } from '../clock/clock.ts';
import type { EventLog } from '../events/event-log.ts';
import type { PromptService } from '../prompts/prompt-service.ts';
import type { Vault } from './vault.ts';

/** The question stays open as long as the vault is locked: a year is long enough. */
const aYear = 365 * 24 * 3_600_000;

/** A check that throws Problem 'vault-locked' or 'vault-unreadable' unless the vault is open. */
export function requireUnlocked(vault: Vault): () => void {
  return () => vault.requireOpen();
}

/** Asks the question that unlocks the vault, once, and returns its id at every call. */
export function createUnlockPrompt(options: {
  readonly vault: Vault;
  readonly prompts: PromptService;
  readonly events: EventLog;
  readonly clock: Clock;
  /** Resolves when the work that waited for the unlock is done; the question closes after that. */
  readonly onUnlocked: () => Promise<void>;
}): () => string {
  const { vault, prompts, events, clock, onUnlocked } = options;
  return () => {
    const open = prompts.list().find(({ kind }) => kind === 'unlock');
    if (open !== undefined) return open.promptId;
    const question = {
      kind: 'unlock' as const,
      text: questionOf(vault),
      deadline: clock.now() + aYear,
    };
    return prompts.post(question, async (passphrase) => {
      await vault.unlock(passphrase);
      events.publish({ type: 'vault', locked: false });
      await onUnlocked();
    }).promptId;
  };
}

function questionOf(vault: Vault): string {
  const { needs } = vault.status();
  if (needs === 'new-passphrase') {
    return 'Choose a passphrase for the vault that holds your secrets (at least 8 characters)';
  }
  return needs === 'keychain'
    ? 'Unlock the keychain of your desktop session, then enter any word to try again'
    : 'Passphrase of the vault';
}
