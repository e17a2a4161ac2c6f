import { Problem } from '../../models/problem.ts';
import type { Clock } from '../clock/clock.ts';
import type { PromptService, Question } from '../prompts/prompt-service.ts';

/** The session that a sign-in was first asked for, so that the question can name it. */
export interface SignInFor {
  readonly sessionId: string;
  readonly sessionName: string;
  readonly account?: string;
  readonly role?: string;
}

/** Shows a person where to sign in. `deadline`: where the question ends earlier than usual. */
export type AskToSignIn = (
  question: Omit<Question, 'integrationId' | 'deadline'> & { readonly deadline?: number },
) => {
  readonly answer: Promise<string>;
  /** Somebody has signed in. */
  readonly close: () => void;
};

/**
 * Questions of one sign-in. Each stays open for `loginTime` milliseconds at least, and until
 * `deadline` where that is later. It is counted when the question is asked: the first answer of the
 * service may have told that this machine's clock is off.
 */
export function signInQuestions({
  prompts,
  clock,
  integrationId,
  subject,
  signal,
  loginTime,
  deadline = 0,
}: {
  readonly prompts: PromptService;
  readonly clock: Clock;
  readonly integrationId: string;
  readonly subject: SignInFor | undefined;
  readonly signal: AbortSignal;
  readonly loginTime: number;
  readonly deadline?: number | undefined;
}): AskToSignIn {
  return (question) => {
    const latest = Math.max(clock.now() + loginTime, deadline);
    const { sessionName, ...about } = subject ?? {};
    const whom = sessionName === undefined ? '' : ` (for session ${sessionName})`;
    return prompts.open(
      {
        ...question,
        ...about,
        integrationId,
        // Others may wait for the same sign-in.
        text: question.text + whom,
        deadline: Math.min(question.deadline ?? latest, latest),
      },
      signal,
    );
  };
}

/**
 * A device code runs out long before a renewal does: the next one is shown, while there `isTime`.
 * Throws what `attempt` throws.
 */
export async function whileShown<T>(attempt: () => Promise<T>, isTime: () => boolean): Promise<T> {
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      const hasRunOut = error instanceof Problem && error.code === 'prompt-expired';
      if (!hasRunOut || !isTime()) throw error;
    }
  }
}
