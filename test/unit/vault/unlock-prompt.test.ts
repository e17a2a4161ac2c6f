import { describe, expect, onTestFinished, test } from 'vitest';
import { systemClock } from '../../../src/services/clock/clock.ts';
import { EventLog } from '../../../src/services/events/event-log.ts';
import { PromptService } from '../../../src/services/prompts/prompt-service.ts';
import { createUnlock, requireUnlocked } from '../../../src/services/vault/unlock-prompt.ts';
import type { Vault } from '../../../src/services/vault/vault.ts';
import { passphrase, scratchVault } from '../../support/scratch-vault.ts';

function promptsFor(vault: Vault) {
  const events = new EventLog();
  const prompts = new PromptService({ clock: systemClock, events });
  let unlocked = 0;
  const unlock = createUnlock({
    vault,
    prompts,
    events,
    clock: systemClock,
    signal: new AbortController().signal,
    onUnlocked: () => {
      unlocked += 1;
      return Promise.resolve();
    },
  });
  onTestFinished(() => {
    prompts.closeAll('The test is over.');
  });
  return { prompts, raise: unlock.prompt, unlocked: () => unlocked };
}

describe('the question that unlocks the vault', () => {
  test('is asked once, stays open at a wrong answer and is closed by the right one', async () => {
    const scratch = await scratchVault();
    await scratch.open();
    const vault = await scratch.open({});
    const { prompts, raise, unlocked } = promptsFor(vault);
    const promptId = raise();
    expect(raise()).toBe(promptId);
    expect(prompts.list()).toMatchObject([
      { kind: 'unlock', text: 'Enter the passphrase of the vault' },
    ]);
    expect(requireUnlocked(vault)).toThrow('locked');

    const wrong = prompts.answer(promptId, { answer: 'not the one' });
    await expect(wrong).rejects.toMatchObject({ code: 'vault-locked' });
    expect(prompts.list()).toHaveLength(1);
    await prompts.answer(promptId, { answer: passphrase });
    expect(prompts.list()).toEqual([]);
    expect(unlocked()).toBe(1);
    expect(requireUnlocked(vault)).not.toThrow();
  });

  test('has a passphrase chosen where there is no vault yet', async () => {
    const vault = await (await scratchVault()).open({});
    const { prompts, raise } = promptsFor(vault);
    const promptId = raise();
    expect(prompts.list()[0]).toMatchObject({
      text: expect.stringMatching(/^Choose a new passphrase/) as string,
      isNew: true,
    });
    await prompts.answer(promptId, { answer: passphrase });
    expect(vault.status().locked).toBe(false);
  });

  test('sends a person to the keychain where that is what is needed', async () => {
    const vault = await (await scratchVault()).open({ method: 'keychain' });
    const { prompts, raise } = promptsFor(vault);
    raise();
    expect(prompts.list()[0]?.text).toMatch(/keychain/);
  });
});
