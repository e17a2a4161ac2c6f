import { Problem } from '../../models/problem.ts';
import type { Clock } from '../clock/clock.ts';
import type { EventLog } from '../events/event-log.ts';
import type { PromptDesk } from '../prompts/prompt-desk.ts';
import type { Vault } from './vault.ts';

/** The question stays open as long as the vault is locked; this far ahead counts as that. */
const aYear = 365 * 24 * 3_600_000;

/** A check that throws Problem 'vault-locked' while the vault is. */
export function requireUnlocked(vault: Vault): () => void {
  return () => {
    const { locked, detail } = vault.status();
    if (!locked) return;
    throw new Problem('vault-locked', {
      detail: `The vault is locked: ${detail}`,
      next: 'Unlock it: stint prompt answer, or start the agent with STINT_PASSPHRASE set.',
    });
  };
}

/** Raises the one question that unlocks the vault, and returns its id however often it is called. */
export function createUnlockPrompt(options: {
  readonly vault: Vault;
  readonly prompts: PromptDesk;
  readonly events: EventLog;
  readonly clock: Clock;
  /** What waited for the unlock is done before the answer counts as taken. */
  readonly onUnlocked: () => Promise<void>;
}): () => string {
  const { vault, prompts, events, clock, onUnlocked } = options;
  return () => {
    const open = prompts.list().find(({ kind }) => kind === 'unlock');
    if (open !== undefined) return open.promptId;
    const question = {
      kind: 'unlock' as const,
      text: vault.isNew
        ? 'Choose a passphrase for the vault that keeps your secrets'
        : 'Passphrase of the vault',
      deadline: clock.now() + aYear,
    };
    return prompts.post(question, async (passphrase) => {
      await vault.unlock(passphrase);
      events.publish({ type: 'vault', locked: false });
      await onUnlocked();
    }).promptId;
  };
}
