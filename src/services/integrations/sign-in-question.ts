import { Problem } from '../../models/problem.ts';
import type { Clock } from '../clock/clock.ts';
import type { PromptService, Question } from '../prompts/prompt-service.ts';

/** The session that first needed the sign-in, so that the question can name it. */
export interface SignInFor {
  readonly sessionId: string;
  readonly sessionName: string;
  readonly account?: string;
  readonly role?: string;
}

/** Shows a person where to sign in. `deadline`: if the question expires earlier than usual. */
export type AskToSignIn = (
  question: Omit<Question, 'integrationId' | 'deadline'> & { readonly deadline?: number },
) => {
  readonly answer: Promise<string>;
  /** Closes the question: somebody has signed in, or the attempt has ended. */
  readonly close: () => void;
};

/**
 * Questions of one sign-in. Each stays open for at least `loginTime` milliseconds, or until `deadline`
 * if that is later, counted when the question is asked: the first answer of the service may have
 * shown that this machine's clock is wrong.
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
 * How long a code may take to be accepted after somebody said that they have confirmed it, in
 * milliseconds: two of the checks that the clouds allow, which are five seconds apart.
 */
const acceptance = 15_000;

/** A device code that a person confirms elsewhere. */
export interface ShownCode {
  /** Somebody said so: the cloud may be asked at once. */
  readonly confirmed: Promise<unknown>;
  /** Rejects as the question's answer does: somebody gave up, or the code has expired. */
  readonly failed: Promise<never>;
  /** The sign-in has ended, well or not. */
  readonly close: () => void;
}

/**
 * Shows a code until the sign-in has ended: who says too early that they have confirmed it gets it
 * again, as does everybody else who comes to wait for the same sign-in.
 */
export function showCode(
  ask: AskToSignIn,
  clock: Clock,
  question: Parameters<AskToSignIn>[0],
): ShownCode {
  const { promise: failed, reject } = Promise.withResolvers<never>();
  failed.catch(() => undefined);
  const again = { ...question, text: `Not confirmed yet. ${question.text}` };
  let hasEnded = false;
  let close = (): void => undefined;
  const show = (shown: typeof question): Promise<string> => {
    const asked = ask(shown);
    ({ close } = asked);
    void asked.answer.then(() => {
      if (!hasEnded) close = clock.after(acceptance, () => void show(again));
    }, reject);
    return asked.answer;
  };
  return {
    confirmed: show(question),
    failed,
    close: () => {
      hasEnded = true;
      close();
    },
  };
}

/**
 * Shows the next device code when one expires, while there `isTime`: a code expires long before a
 * renewal has to be done. Throws what `attempt` throws.
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
