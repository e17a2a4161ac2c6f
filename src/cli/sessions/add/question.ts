import type { z } from 'zod';
import type { Context } from '../../context.ts';
import { ask } from '../../terminal/ask.ts';
import { say, type Shell } from '../../terminal/shell.ts';

/** The fields of a session to be added, as far as they are known. */
export type Fields = Readonly<Record<string, unknown>>;

/** A field that a session needs, and how a person is asked for it. */
export interface Question {
  readonly field: string;
  /** The field, and what else the answer tells. Throws CommandFailure if they press Ctrl-C. */
  readonly ask: (context: Context, fields: Fields) => Promise<Fields>;
}

/** Asks until the answer is one that the field takes, and says what is wrong with the others. */
export async function askFor(
  shell: Shell,
  question: string,
  schema: z.ZodType<string>,
): Promise<string> {
  for (;;) {
    const answer = await ask(shell, question);
    if (answer.trim() === '') continue;
    const parsed = schema.safeParse(answer);
    if (parsed.success) return parsed.data;
    say(
      shell,
      `${question.replace(/ \(.*\)$/, '')} ${parsed.error.issues[0]?.message ?? 'is not valid'}.`,
    );
  }
}

/** A field that is typed. */
export function typed(field: string, question: string, schema: z.ZodType<string>): Question {
  return {
    field,
    ask: async ({ shell }) => ({ [field]: await askFor(shell, question, schema) }),
  };
}
