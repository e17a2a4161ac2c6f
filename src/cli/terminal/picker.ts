import { ask } from './ask.ts';
import { printable } from './printable.ts';
import { say, type Shell } from './shell.ts';

export interface Choice<T> {
  readonly label: string;
  readonly value: T;
}

/** A numbered list at the terminal. Answer with a number, or with text that only one label has. */
export async function pick<T>(
  shell: Shell,
  question: string,
  choices: readonly Choice<T>[],
): Promise<T> {
  const digits = String(choices.length).length;
  choices.forEach(({ label }, index) => {
    say(shell, `${String(index + 1).padStart(digits + 1)}  ${printable(label)}`);
  });
  for (;;) {
    const answer = (await ask(shell, `${question} (number or part of the name)`)).trim();
    const chosen = chosenBy(answer, choices);
    if (chosen !== undefined) return chosen.value;
    say(shell, answer === '' ? 'Press Ctrl-C to cancel.' : 'No match, or more than one.');
  }
}

function chosenBy<T>(answer: string, choices: readonly Choice<T>[]): Choice<T> | undefined {
  if (/^\d+$/.test(answer) && choices[Number(answer) - 1]) return choices[Number(answer) - 1];
  const part = answer.toLowerCase();
  const fitting =
    part === '' ? [] : choices.filter(({ label }) => label.toLowerCase().includes(part));
  return fitting.length === 1 ? fitting[0] : undefined;
}
