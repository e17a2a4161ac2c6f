/**
 * Gives the keyboard to the card of a question, or to the oldest one without `promptId`. Returns whether
 * there is a card that takes it.
 */
export function focusPrompt(promptId?: string): boolean {
  const which = promptId === undefined ? '' : `[data-prompt="${CSS.escape(promptId)}"]`;
  const field = document.querySelector<HTMLElement>(
    ['input:not([readonly])', 'a', 'button']
      .map((control) => `stint-prompt-card${which} ${control}`)
      .join(', '),
  );
  field?.focus();
  return field !== null;
}
